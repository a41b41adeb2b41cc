import { type Asked, Refusal } from "./answer.ts";

/** Where the stand-in provider keeps what it makes; no interface of Google's. */
const PATH = /^\/stand-in\/([^/]+\/[^/]+)(?:\/(.+))?$/;

/** Everything that has no interface of its own here: what was asked for, and that it is there. */
export class Resources {
    private readonly kept = new Map<string, object>();

    /** The answer; `undefined` where the path is none of these. */
    answer({ method, path, body }: Asked): object | undefined {
        if (path === "/stand-in") {
            return Object.fromEntries(this.kept);
        }
        const [match] = PATH.exec(path) ?? [];
        if (!match) {
            return undefined;
        }
        if (method === "PUT") {
            this.kept.set(path, body);
        }
        const found = this.kept.get(path);
        if (!found) {
            throw new Refusal(404, `Not found: ${path}`);
        }
        if (method === "DELETE") {
            this.kept.delete(path);
        }
        return found;
    }

    /** Those of a type, by its token without the package, e.g. `dataproc/cluster`. */
    of<T>(type: string): T[] {
        const those = [...this.kept].filter(([path]) => path.startsWith(`/stand-in/${type}/`));
        return those.map(([, each]) => each as T);
    }
}
