import { type Asked, Refusal } from "./answer.ts";

const PATH =
    /^\/v1\/(projects\/[^/]+\/secrets)(?:\/([^/:]+))?(?::(addVersion)|\/versions\/([^/:]+):access)?$/;

/** Secret Manager, as far as somebody makes secrets and reads them. */
export class Secrets {
    /** Name → payloads in base64, the newest last. */
    private readonly versions = new Map<string, string[]>();

    /** The answer; `undefined` where the path is none of these. */
    answer({ method, path, query, body }: Asked): object | undefined {
        const [match, parent = "", id, add, version] = PATH.exec(path) ?? [];
        if (!match) {
            return undefined;
        }
        const name = `${parent}/${id ?? query.get("secretId")}`;
        if (!id && method === "POST") {
            this.versions.set(name, []);
            return { name };
        }
        const payloads = this.versions.get(name);
        if (!payloads) {
            throw new Refusal(404, `Secret [${name}] not found.`);
        }
        if (add) {
            payloads.push(body.payload.data);
            return { name: `${name}/versions/${payloads.length}` };
        }
        if (version) {
            const data = payloads.at(version === "latest" ? -1 : Number(version) - 1);
            if (data === undefined) {
                throw new Refusal(404, `Secret Version [${name}/versions/${version}] not found.`);
            }
            return { name: `${name}/versions/${version}`, payload: { data } };
        }
        if (method === "DELETE") {
            this.versions.delete(name);
        }
        return { name };
    }
}
