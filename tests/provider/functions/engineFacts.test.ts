import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test, { type ExecutionContext } from "ava";
import { engineFacts } from "../../../provider/functions/engineFacts.ts";

const INFO = { NCPU: 4, MemTotal: 8 * 2 ** 30, Swarm: { NodeID: "n1" } };
const node = (id: string, name: string, state: string) => ({
    ID: id,
    Description: { Hostname: name },
    Status: { State: state },
});

test("machine and nodes are those of the engine, wherever it runs", async (t) => {
    const nodes = [node("n1", "one", "ready"), node("n2", "two", "down")];
    const host = await engineAt(t, { "/v1.41/info": INFO, "/v1.41/nodes": nodes });
    t.deepEqual(await engineFacts({ host }), {
        host,
        machine: { cores: 4, memory: 8192 },
        nodes: [
            { name: "one", isSelf: true, isReady: true },
            { name: "two", isSelf: false, isReady: false },
        ],
    });
});

test("an engine that is not a manager gives the reason why it lists no nodes", async (t) => {
    const host = await engineAt(t, { "/v1.41/info": INFO });
    const { machine, nodes, noNodes } = await engineFacts({ host });
    t.is(machine?.cores, 4);
    t.deepEqual(nodes, []);
    t.is(noNodes, "the Docker engine says: this is no manager");
});

test("an engine that does not answer is reported with the reason", async (t) => {
    const { machine, problem } = await engineFacts({ host: "unix:///nowhere/docker.sock" });
    t.is(machine, undefined);
    t.regex(problem ?? "", /ENOENT/);
});

/** The address of an engine that gives some answers, and refuses all else as no manager does. */
async function engineAt(t: ExecutionContext, answers: Record<string, unknown>): Promise<string> {
    const server = createServer((request, response) => {
        const answer = answers[request.url ?? ""];
        response
            .writeHead(answer ? 200 : 503)
            .end(JSON.stringify(answer ?? { message: "this is no manager" }));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    t.teardown(() => server.close());
    return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
