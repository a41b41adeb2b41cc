import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import test, { type ExecutionContext } from "ava";
import { DockerEngine } from "../../../provider/host/docker.ts";
import { endScheduler } from "../../../provider/launchers/swarmScheduler.ts";

test("the scheduler is scaled to nothing, though another is faster, and its container waited for", async (t) => {
    const asked: string[] = [];
    const state = { replicas: 1, version: 7, containers: 2 };
    const engine = await engineThat(t, (call, body) => {
        asked.push(call);
        if (call === "GET /v1.41/services/lp-scheduler") {
            const Mode = { Replicated: { Replicas: state.replicas } };
            return { ID: "s1", Version: { Index: state.version++ }, Spec: { Name: "lp-scheduler", Mode } };
        }
        if (call.startsWith("POST /v1.41/services/s1/update?version=")) {
            if (call.endsWith("=7")) {
                return undefined;
            }
            t.is(body.Name, "lp-scheduler", "the rest stays as it was");
            state.replicas = body.Mode.Replicated.Replicas;
            return {};
        }
        t.regex(call, /^GET \/v1\.41\/containers\/json\?filters=.*com\.docker\.swarm\.service\.id%3Ds1/);
        return Array(state.containers--).fill({});
    });
    await endScheduler(engine, "lp");
    t.is(state.replicas, 0);
    t.is(state.containers, -1);
    t.is(asked.filter((call) => call.startsWith("POST")).length, 2);
});

test("where there is no scheduler nothing happens", async (t) => {
    const engine = await engineThat(t, () => undefined);
    await t.notThrowsAsync(endScheduler(engine, "lp"));
});

/** An engine that gives some answers; `undefined` for one that there is no such thing. */
// biome-ignore lint/suspicious/noExplicitAny: the engine's own structures.
async function engineThat(t: ExecutionContext, answers: (call: string, body: any) => unknown) {
    const server = createServer(async (request, response) => {
        const body = await text(request);
        const answer = answers(`${request.method} ${request.url}`, body && JSON.parse(body));
        response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? { message: "no" }));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    t.teardown(() => server.close());
    return new DockerEngine(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
}
