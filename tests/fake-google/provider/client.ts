import { setTimeout as sleep } from "node:timers/promises";
import { bucketOf } from "../../../provider/host/bucket.ts";
import { GoogleError } from "../../../provider/host/google.ts";

// biome-ignore lint/suspicious/noExplicitAny: whatever Google answers.
type Answer = Record<string, any>;

/** Sends Google's own requests to the server in place of Google's, and waits for its operations. */
export class FakeGoogleClient {
    private readonly url: string;

    constructor(url: string) {
        this.url = url;
    }

    /** The answer; of an operation that which it ends with.
     *
     * @throws {GoogleError} */
    async send(method: string, path: string, body?: object): Promise<Answer> {
        const version = path.split("/")[1];
        let said = await this.ask(method, path, body);
        for (; said.kind === "compute#operation" && said.status !== "DONE"; await sleep(50)) {
            said = await this.ask("GET", said.selfLink);
        }
        for (; /(^|\/)operations\//.test(said.name ?? "") && "done" in said && !said.done; await sleep(50)) {
            said = await this.ask("GET", `/${version}/${said.name}`);
        }
        return said.response ?? said;
    }

    /** Adds a member to a policy, or takes it away, again where somebody else has changed the policy meanwhile. */
    async changePolicy(
        read: [method: string, path: string],
        write: (policy: Answer) => [method: string, path: string, body: object],
        change: (policy: Answer) => Answer,
    ): Promise<void> {
        for (;;) {
            try {
                await this.send(...write(change(await this.send(...read))));
                return;
            } catch (error) {
                if (!(error instanceof GoogleError && [409, 412].includes(error.status))) {
                    throw error;
                }
            }
        }
    }

    /** @param all whether with all that is in it, as the provider does where `forceDestroy` says so */
    async deleteBucket(name: string, all: boolean): Promise<void> {
        if (all) {
            await (await bucketOf(name, this.url)).deleteFiles({ force: true });
        }
        await this.send("DELETE", `/storage/v1/b/${name}`);
    }

    private async ask(method: string, path: string, body?: object): Promise<Answer> {
        const content = body && JSON.stringify(body);
        const answer = await fetch(encodeURI(this.url + path), { method, body: content });
        const said = (await answer.json()) as Answer;
        if (!answer.ok) {
            throw new GoogleError(answer.status, said.error.message);
        }
        return said;
    }
}
