import test from "ava";
import { DockerEngine } from "../../../provider/host/docker.ts";
import { endScheduler } from "../../../provider/launchers/swarmScheduler.ts";
import { dockerEngine } from "../dockerEngine.ts";

test("the scheduler is scaled to zero and its containers end, even if another job did it first", async (t) => {
    const asked: string[] = [];
    const state = { replicas: 1, version: 7, containers: 2 };
    const engine = new DockerEngine(
        await dockerEngine(t, (call, body) => {
            asked.push(call);
            if (call === "GET /services/lp-scheduler") {
                const Mode = { Replicated: { Replicas: state.replicas } };
                return {
                    ID: "s1",
                    Version: { Index: state.version++ },
                    Spec: { Name: "lp-scheduler", Mode },
                };
            }
            if (call.startsWith("POST /services/s1/update?version=")) {
                if (call.endsWith("=7")) {
                    return undefined;
                }
                t.is(body.Name, "lp-scheduler", "the rest stays as it was");
                state.replicas = body.Mode.Replicated.Replicas;
                return {};
            }
            t.regex(call, /^GET \/containers\/json\?filters=.*com\.docker\.swarm\.service\.id=s1/);
            return Array(state.containers--).fill({});
        }),
    );
    await endScheduler(engine, "lp");
    t.is(state.replicas, 0);
    t.is(state.containers, -1);
    t.is(asked.filter((call) => call.startsWith("POST")).length, 2);
});

test("without a scheduler, nothing happens", async (t) => {
    const engine = new DockerEngine(await dockerEngine(t, () => undefined));
    await t.notThrowsAsync(endScheduler(engine, "lp"));
});
