import { randomUUID } from "node:crypto";
import { type Asked, Refusal } from "../answer.ts";

/** What Google works on after it has answered: Compute Engine's operations, and the long-running ones of newer services. */
export class Operations {
    /** Id → what it answers with when it is done, and how often it was asked for. */
    private readonly all = new Map<string, { view: object; done: object; asked: number }>();

    /** Of Compute Engine, in the folder of what it is on: `/compute/v1/projects/p/global`. */
    compute(folder: string, target: string): object {
        const id = `operation-${randomUUID()}`;
        const selfLink = `${folder}/operations/${id}`;
        const view = { kind: "compute#operation", id, name: id, targetLink: target, selfLink };
        this.all.set(id, {
            view: { ...view, status: "RUNNING", progress: 0 },
            done: { ...view, status: "DONE", progress: 100 },
            asked: 0,
        });
        return { ...view, status: "PENDING", progress: 0 };
    }

    /** Of a newer service; `folder` without its version: `projects/p/regions/r`, or nothing. */
    longRunning(folder: string, response: object): object {
        const id = randomUUID();
        const name = `${folder}${folder && "/"}operations/${id}`;
        this.all.set(id, { view: { name, done: false }, done: { name, done: true, response }, asked: 0 });
        return { name, done: false };
    }

    /** The answer; `undefined` where the path is none of an operation. The first look finds it under way. */
    answer({ method, path }: Asked): object | undefined {
        const [, id, wait] = /\/operations\/([^/:]+?)(\/wait)?$/.exec(path) ?? [];
        if (!id || (method !== "GET" && !wait)) {
            return undefined;
        }
        const found = this.all.get(id);
        if (!found) {
            throw new Refusal(404, `The resource 'operations/${id}' was not found`);
        }
        found.asked++;
        return found.asked > 1 || wait ? found.done : found.view;
    }
}
