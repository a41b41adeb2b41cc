import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, askedBy, Refusal, refuse } from "./answer.ts";
import { Builds } from "./builds.ts";
import { Dataproc } from "./dataproc.ts";
import { Collections } from "./rest/collections.ts";
import { Operations } from "./rest/operations.ts";
import { Policies } from "./rest/policies.ts";
import { Services } from "./rest/services.ts";
import { Secrets } from "./secrets.ts";
import { Storage } from "./storage.ts";
import { Clock } from "./workflows/clock.ts";

/**
 * Stands in for Google Cloud in tests: a server on the loopback address that holds objects, runs PySpark with Spark in
 * local mode where Dataproc is asked to, and gives secrets out. It knows no users, no permissions, no networks and no
 * quotas, and what it does not know it refuses. README.md says what that proves, and what not.
 */
export class FakeGoogle {
    readonly url: string;
    readonly collections: Collections;
    readonly policies: Policies;
    readonly storage: Storage;
    private readonly server: Server;
    private readonly builds: Builds;
    private readonly clock: Clock;
    private readonly dataproc: Dataproc;
    private readonly services: Services;
    private readonly operations = new Operations();
    private readonly secrets = new Secrets();

    private constructor(url: string, server: Server, storage: Storage) {
        this.url = url;
        this.server = server;
        this.storage = storage;
        this.collections = new Collections(this.operations);
        this.services = new Services(this.operations);
        this.policies = new Policies((name) => this.exists(name));
        this.builds = new Builds(storage, (name) => this.exists(name));
        this.clock = new Clock(this.collections);
        this.dataproc = new Dataproc(url, storage, {
            clusters: () => this.collections.matching(/\/clusters\/[^/]+$/),
            hasImage: (image) => this.builds.hasImage(image),
        });
        server.on("request", async (request, response) => {
            try {
                const path = new URL(request.url ?? "/", url).pathname;
                if (
                    /^\/(storage|upload|download|batch|resumable)\b/.test(path) &&
                    !Storage.isOfBuckets(path) &&
                    !/^\/storage\/v1\/(b\/[^/]+\/iam|projects\/[^/]+\/serviceAccount)$/.test(path)
                ) {
                    storage.pass(request, response);
                    return;
                }
                const asked = await askedBy(request);
                const content = Storage.isOfBuckets(path)
                    ? await storage.ofBuckets(asked)
                    : (this.policies.answer(asked) ??
                      (await this.dataproc.answer(asked)) ??
                      (await this.builds.answer(asked)) ??
                      (await this.clock.answer(asked)) ??
                      this.operations.answer(asked) ??
                      this.services.answer(asked) ??
                      this.secrets.answer(asked) ??
                      this.collections.answer(asked));
                if (!content) {
                    throw new Refusal(404, `the stand-in for Google has no ${asked.method} ${asked.path}`);
                }
                answer(response, content);
            } catch (error) {
                refuse(response, error);
            }
        });
    }

    /** @param port 0 for any free one */
    static async start(port = 0): Promise<FakeGoogle> {
        // Node's own five seconds are over before a client on a busy machine has sent its next request.
        const server = createServer({ keepAliveTimeout: 120_000 });
        await new Promise<void>((resolve, reject) =>
            server.once("error", reject).listen(port, "127.0.0.1", resolve),
        );
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        return new FakeGoogle(url, server, await Storage.start(url));
    }

    /** Paths of all that was made and not deleted, but for services, buckets and jobs. */
    get made(): string[] {
        return [...this.collections.paths, ...this.secrets.paths].sort();
    }

    private exists(name: string): boolean {
        const [kind, second = ""] = name.split("/");
        if (kind === "b") {
            return this.storage.hasBucket(second);
        }
        // Projects and keys are the user's own.
        const isGiven = /^projects\/[^/]+$|\/cryptoKeys\/[^/]+$/.test(name);
        return isGiven || this.secrets.has(name) || this.collections.has(name.replace("projects/-/", ""));
    }

    stop(): void {
        this.clock.stop();
        this.dataproc.stop();
        this.storage.stop();
        this.server.closeAllConnections();
        this.server.close();
    }
}
