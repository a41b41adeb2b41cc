// Who gets in to the platform, and who does not: people with a login, a page in a browser, a neighbour on the network.
import { request } from "node:http";
import type { TestFn } from "ava";
import { until } from "../project.ts";
import { HdfsSignals } from "../signals.ts";
import { containerOf, docker, openPorts } from "./docker.ts";
import { askAsNeighbour, bridgeAddress } from "./neighbour.ts";
import { basic, logins, type Stage, withDatabase } from "./stage.ts";

/** Adds the stories to a test file; `stage` is called when they run, and has the ports that were open before the platform. */
export function tellAccessStories(test: TestFn, stage: () => Stage & { listening: string[] }): void {
    test.serial("the parts answer on the loopback address, and ask who is there", async (t) => {
        const { project, ports, listening } = stage();
        const { jupyterToken, mongoExpressPassword, gatewayPassword } = await logins(project);
        const status = async (port: number, path: string, headers = {}) =>
            (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status;
        t.is(await status(ports.jupyter, "/api/contents"), 403);
        t.is(await status(ports.jupyter, "/api/contents", { Authorization: `token ${jupyterToken}` }), 200);
        t.is(await status(ports.mongoExpress, "/"), 401);
        t.is(await status(ports.mongoExpress, "/db/power/data", basic(mongoExpressPassword)), 200);
        for (const [port, page] of [
            [ports.spark, "/"],
            [ports.hdfs, "/webhdfs/v1/lake?op=LISTSTATUS"],
        ] as const) {
            t.is(await status(port, page), 401);
            t.is(await status(port, page, basic("wrong")), 401);
            t.is(await status(port, page, basic(gatewayPassword)), 200);
        }
        await t.throwsAsync(
            withDatabase(stage(), (database) => database.command({ ping: 1 }), "wrong"),
            { code: 18 },
        );
        t.deepEqual(openPorts(), listening, "nothing listens beyond it");
    });

    test.serial(
        "a page in somebody's browser cannot change the lake, nor read a page under a name of its own",
        async (t) => {
            const { project, parts, ports } = stage();
            const { jupyterToken, mongoExpressPassword, gatewayPassword } = await logins(project);
            const lake = new HdfsSignals(parts);
            const tables = await lake.list("..");
            const ask = (method: string, port: number, path: string, headers: Record<string, string>) =>
                new Promise<number>((done, failed) => {
                    request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
                        answer.resume();
                        done(answer.statusCode ?? 0);
                    })
                        .once("error", failed)
                        .end();
                });
            const form = {
                "Content-Type": "application/x-www-form-urlencoded",
                Origin: "http://elsewhere.example",
                "Sec-Fetch-Site": "cross-site",
                "User-Agent": "Mozilla/5.0",
                ...basic(gatewayPassword),
            };
            const truncate = "/webhdfs/v1/lake/readings/_current?op=TRUNCATE&newlength=0&user.name=hdfs";
            t.is(await ask("POST", ports.hdfs, truncate, form), 405);
            const remove = "/webhdfs/v1/lake/readings?op=DELETE&recursive=true&user.name=hdfs";
            t.is(await ask("DELETE", ports.hdfs, remove, { ...form, Host: "elsewhere.example" }), 421);
            t.is(await ask("DELETE", ports.hdfs, remove, form), 405);
            t.is(await ask("POST", ports.spark, "/app/kill/", form), 405);
            for (const [port, Authorization] of [
                [ports.jupyter, `token ${jupyterToken}`],
                [ports.mongoExpress, basic(mongoExpressPassword).Authorization],
                [ports.spark, basic(gatewayPassword).Authorization],
                [ports.hdfs, basic(gatewayPassword).Authorization],
            ] as const) {
                t.is(await ask("GET", port, "/", { Host: "elsewhere.example", Authorization }), 421);
            }
            t.deepEqual(await lake.list(".."), tables);

            // Behind the gateway, HDFS itself refuses what a browser asks without the header that a page elsewhere cannot send.
            t.regex(await lake.ask("DELETE", "nothing", "DELETE"), /"boolean": *false/);
            await t.throwsAsync(lake.ask("DELETE", "nothing", "DELETE", "Mozilla/5.0"), {
                message: /^400 /m,
            });
        },
    );

    test.serial(
        "a machine on the same network gets no answer, though an older engine lets it through",
        async (t) => {
            const { parts } = stage();
            // What any other container would answer: it shows that the neighbour asks as it should.
            const image = docker("inspect", "--format", "{{.Image}}", await containerOf(`${parts}-jupyter`));
            const serve = ["-m", "http.server", "8000"];
            const run = [
                "run",
                "--detach",
                "--rm",
                "--publish",
                "127.0.0.1:28000:8000",
                "--entrypoint",
                "python",
            ];
            const other = docker(...run, image, ...serve);
            t.teardown(() => docker("rm", "--force", other));
            const address = docker("inspect", "--format", "{{.NetworkSettings.IPAddress}}", other);
            await until(
                "a page to compare with",
                async () => (await fetch("http://127.0.0.1:28000/").catch(() => undefined))?.ok === true,
            );

            const gateway = bridgeAddress(`${parts}-gateway`);
            t.regex(gateway, /^\d+(\.\d+){3}$/);
            const ports = [8888, 8081, 8080, 9870, 27017];
            const [control, ...answers] = askAsNeighbour([
                [address, 8000],
                ...ports.map((port): [string, number] => [gateway, port]),
            ]);
            const engine = Number(docker("version", "--format", "{{.Server.Version}}").split(".")[0]);
            t.regex(control ?? "", engine < 28 ? /^HTTP/ : /^$/);
            t.deepEqual(
                answers,
                ports.map(() => ""),
            );
        },
    );
}
