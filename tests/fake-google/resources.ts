import { type Asked, demand, demandLabels, Refusal } from "./answer.ts";

/** What Google asks of the names of these. */
const NAMES: Record<string, RegExp> = {
    compute: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
    dataproc: /^[a-z]([-a-z0-9]{0,52}[a-z0-9])?$/,
    workbench: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
};

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
        const [match, type = ""] = PATH.exec(path) ?? [];
        if (!match) {
            return undefined;
        }
        if (method === "PUT") {
            demandLabels(body.labels);
            const pattern = NAMES[type.split("/")[0] as string];
            if (pattern && body.name !== undefined) {
                demand({ [`name of ${type}`]: [body.name, pattern] });
            }
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
