import { type Asked, demand, demandKnown, demandLabels, Refusal } from "../answer.ts";
import { CLOCK_COLLECTIONS } from "./clockKinds.ts";
import { COLLECTIONS, type Collection, type Thing } from "./kinds.ts";
import type { Operations } from "./operations.ts";

/** What Google keeps by its names in collections, each with its own rules: `kinds.ts`. */
export class Collections {
    /** Path → the thing. */
    private readonly kept = new Map<string, Thing>();
    private readonly operations: Operations;

    constructor(operations: Operations) {
        this.operations = operations;
    }

    /** The answer; `undefined` where the path is none of these. */
    answer(asked: Asked): object | undefined {
        for (const kind of [...COLLECTIONS, ...CLOCK_COLLECTIONS]) {
            const [match, collection, id] = pathOf(kind).exec(asked.path) ?? [];
            if (match && collection) {
                return id ? this.onOne(kind, asked, collection, id) : this.onAll(kind, asked, collection);
            }
        }
        return undefined;
    }

    /** Whether there is a thing, by its name without the interface's version. */
    has(name: string): boolean {
        return [...this.kept.keys()].some((path) => path.endsWith(`/${name}`));
    }

    /** Those whose paths match, for what works with them. */
    matching(path: RegExp): Thing[] {
        return [...this.kept].filter(([key]) => path.test(key)).map(([, thing]) => thing);
    }

    /** Paths of all, in order. */
    get paths(): string[] {
        return [...this.kept.keys()].sort();
    }

    private onAll(kind: Collection, { method, query, body }: Asked, collection: string): object {
        if (method === "GET") {
            const things = this.matching(new RegExp(`^${collection}/[^/]+$`));
            return { [kind.list ?? (collection.split("/").at(-1) as string)]: things };
        }
        const given = kind.unwrap ? (body[kind.unwrap] ?? {}) : body;
        const id: string = kind.query ? (query.get(kind.query) ?? "") : at(body, kind.idField ?? "name");
        demand({ [kind.query ?? kind.idField ?? "name"]: [id, kind.id] });
        demandLabels(given.labels);
        demandKnown(given, kind.known);
        for (const field of kind.required) {
            if (at(given, field) === undefined) {
                throw new Refusal(400, `Required field is missing: ${field}`);
            }
        }
        const path = `${collection}/${kind.nameOf?.(id, collection) ?? id}`;
        if (this.kept.has(path)) {
            throw new Refusal(409, `The resource '${path}' already exists`);
        }
        const thing = { ...given, ...kind.made(given, { path, id, collection }) };
        this.kept.set(path, thing);
        return this.said(kind, path, thing);
    }

    private onOne(kind: Collection, { method, body }: Asked, collection: string, id: string): object {
        // "-" stands for the project that the name itself tells.
        const found = [...this.kept.keys()].find(
            (key) => key === `${collection}/${id}` || like(collection, id, key),
        );
        const thing = found && this.kept.get(found);
        if (!found || !thing) {
            throw new Refusal(404, `The resource '${collection}/${id}' was not found`);
        }
        if (method === "GET") {
            return thing;
        }
        if (method === "DELETE") {
            if ([...this.kept.keys()].some((key) => key.startsWith(`${found}/`)) && kind.notWhileFull) {
                throw new Refusal(400, `${found} is still in use`);
            }
            for (const key of [...this.kept.keys()].filter((each) => each.startsWith(`${found}/`))) {
                this.kept.delete(key);
            }
            this.kept.delete(found);
            return this.said(kind, found, {});
        }
        demandKnown(body, kind.known);
        for (const field of kind.fixed ?? []) {
            if (body[field] !== undefined && JSON.stringify(body[field]) !== JSON.stringify(thing[field])) {
                throw new Refusal(400, `The field ${field} cannot be changed`);
            }
        }
        const changed = { ...thing, ...body };
        this.kept.set(found, changed);
        return this.said(kind, found, changed);
    }

    private said(kind: Collection, path: string, thing: Thing): object {
        if (kind.operation === "compute") {
            return this.operations.compute(path.replace(/\/[^/]+\/[^/]+$/, ""), path);
        }
        const folder = path.replace(/^\/[^/]+\//, "").replace(/\/[^/]+\/[^/]+$/, "");
        return kind.operation === "long" ? this.operations.longRunning(folder, thing) : thing;
    }
}

function pathOf({ path }: Collection): RegExp {
    return new RegExp(`^(${path.replaceAll("{}", "[^/]+")})(?:/([^/:]+))?$`);
}

function like(collection: string, id: string, key: string): boolean {
    return collection.includes("/-/") && key.endsWith(`/${id}`);
}

// biome-ignore lint/suspicious/noExplicitAny: a field may hold anything.
function at(thing: Thing, path: string): any {
    // biome-ignore lint/suspicious/noExplicitAny: a field may hold anything.
    return path.split(".").reduce<any>((value, key) => value?.[key], thing);
}
