// The stack gcp with nothing of Google's: its server, its provider and MongoDB are stand-ins of this machine.
import {
    chmodSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ENDPOINT } from "../../../config/gcp.ts";
import { startServer } from "../../../provider/host/mongo.ts";
import { stop } from "../../../provider/host/process.ts";
import { PROJECT } from "../../fake-google/provider/types.ts";
import { FakeGoogle } from "../../fake-google/server.ts";
import { newProject, type Project } from "../project.ts";
import type { Signals } from "../signals.ts";

const checkout = resolve(import.meta.dirname, "../../..");
const REGION = "europe-west2";
/** Of the database that the jobs write to; asked of nobody, but looked for where it must not be. */
export const PASSWORD = "Winter-Garden-7";

export interface Stage {
    google: FakeGoogle;
    project: Project;
    mongo: string;
    dispose(): Promise<void>;
}

/**
 * A project whose stack gcp has been made, and what stands in for Google.
 *
 * @param changes settings beside the usual ones
 * @param ownMongo whether documents go to a MongoDB of the user's own; else to Firestore, which no job can reach here
 */
export async function setStage(changes: Record<string, string> = {}, ownMongo = true): Promise<Stage> {
    const google = await FakeGoogle.start();
    const folder = mkdtempSync(join(tmpdir(), "london-power-mongo-"));
    const server = await startServer(folder, 0, true, async () => undefined);
    const mongo = `mongodb://127.0.0.1:${server.port}/?retryWrites=false`;
    const settings = {
        target: "gcp",
        driverMemory: "1g",
        protect: "false",
        "gcp:project": PROJECT,
        "gcp:region": REGION,
        ...changes,
    };
    const environment = {
        [ENDPOINT]: google.url,
        // Google's own provider would ask Google for the regions that there are.
        PULUMI_GCP_SKIP_REGION_VALIDATION: "true",
    };
    const project = await newProject({ stack: "gcp", settings, environment });
    installProvider(project.path("home/pulumi/plugins"));
    if (ownMongo) {
        await project.pulumi("config", "set", "--secret", "london-power:mongoUri", mongo);
    }
    const dispose = async () => {
        await project.dispose();
        google.stop();
        await stop(server, 5000);
        rmSync(folder, { recursive: true, force: true });
    };
    return { google, project, mongo, dispose };
}

/**
 * Puts the stand-in for the gcp provider among the plugins of one test; with `GOOGLE_PROVIDER=published` leaves the user's there.
 *
 * @param plugins a folder to be made, or a link to the user's, which becomes a folder with links to each of theirs
 */
export function installProvider(plugins: string): void {
    if (process.env.GOOGLE_PROVIDER === "published") {
        return;
    }
    const own = existsSync(plugins) ? realpathSync(plugins) : undefined;
    rmSync(plugins, { force: true });
    const { version } = JSON.parse(
        readFileSync(join(checkout, "node_modules/@pulumi/gcp/package.json"), "utf8"),
    );
    const home = join(plugins, `resource-gcp-v${version}`);
    mkdirSync(home, { recursive: true });
    if (own) {
        for (const name of readdirSync(own).filter((name) => !name.startsWith("resource-gcp-"))) {
            symlinkSync(join(own, name), join(plugins, name));
        }
    }
    const program = join(home, "pulumi-resource-gcp");
    writeFileSync(program, `#!/bin/sh\nexec node '${checkout}/tests/fake-google/provider/main.ts' "$@"\n`);
    chmodSync(program, 0o755);
}

/** What Dataproc knows of the jobs, or Serverless of the batches, that it was given, as text. */
export async function jobsOf({ google }: Stage, kind: "jobs" | "batches" = "jobs"): Promise<string> {
    const place = kind === "jobs" ? `regions/${REGION}` : `locations/${REGION}`;
    return (await fetch(`${google.url}/v1/projects/${PROJECT}/${place}/${kind}`)).text();
}

/** What Google keeps for a stack: how many things by the last part of their collection, buckets and jobs left out. */
export function inventory({ google }: Stage): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const path of google.made) {
        const collection = path.split("/").at(-2) as string;
        counts[collection] = (counts[collection] ?? 0) + 1;
    }
    return counts;
}

/** Signals as folders of a bucket of their own, in the way of the connector between Spark and gs://. */
export class BucketSignals implements Signals {
    readonly uri = "gs://signals/of-the-test";
    private readonly google: FakeGoogle;

    constructor(google: FakeGoogle) {
        this.google = google;
    }

    async make(path: string): Promise<void> {
        await this.google.storage.makeBucket("signals");
        await this.google.storage.write("signals", `of-the-test/${path}/`, Buffer.alloc(0));
    }

    async remove(path: string): Promise<void> {
        for (const name of await this.names(path)) {
            const object = `/storage/v1/b/signals/o/${encodeURIComponent(name)}`;
            await fetch(this.google.url + object, { method: "DELETE" });
        }
    }

    async list(path: string): Promise<string[]> {
        const inside = (await this.names(path)).map(
            (name) => name.split("/")[path.split("/").length + 1] ?? "",
        );
        return [...new Set(inside)].filter((name) => name !== "").sort();
    }

    private async names(path: string): Promise<string[]> {
        const names = await this.google.storage.objects("signals").catch(() => []);
        return names.filter((name) => name.startsWith(`of-the-test/${path}/`));
    }
}
