import { bucketOf } from "../../../provider/host/bucket.ts";
import { GoogleError } from "../../../provider/host/google.ts";

/** Talks to the server that stands in for Google. */
export class FakeGoogleClient {
    private readonly url: string;

    constructor(url: string) {
        this.url = url;
    }

    /** @throws {GoogleError} */
    async send(method: string, path: string, body?: object): Promise<object> {
        const content = body && JSON.stringify(body);
        const answer = await fetch(encodeURI(this.url + path), { method, body: content });
        const said = (await answer.json()) as { error: { message: string } };
        if (!answer.ok) {
            throw new GoogleError(answer.status, said.error.message);
        }
        return said;
    }

    /** @param all whether with all that is in it, as the provider does where `forceDestroy` says so */
    async deleteBucket(name: string, all: boolean): Promise<void> {
        if (all) {
            await (await bucketOf(name, this.url)).deleteFiles({ force: true });
        }
        await this.send("DELETE", `/storage/v1/b/${name}`);
    }
}
