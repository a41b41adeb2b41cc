// The launcher of this machine, with real Spark. What becomes of runs, tests/e2e/runs.test.ts tells.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { LocalLauncher } from "../../../provider/launchers/local.ts";
import { contextWith } from "../context.ts";
import { workspace } from "../workspace.ts";

/** Asks the driver's own ports as a stranger does, in Spark's protocol: length of the frame, RPC request, its number, a body. */
const STRANGER = `
import socket, struct
from pyspark.sql import SparkSession

context = SparkSession.builder.getOrCreate().sparkContext
ports = {
    "driver": int(context.getConf().get("spark.driver.port")),
    "block manager": context._jsc.sc().env().blockManager().blockManagerId().port(),
}
body = b"not of this driver"
for name, port in ports.items():
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(struct.pack(">QbQI", 21 + len(body), 3, 1, len(body)) + body)
        print(name, "said", connection.recv(4096), flush=True)
`;

test("the ports of a driver answer nobody who does not know its secret", async (t) => {
    const dir = await workspace(t);
    const script = join(dir, "stranger.py");
    writeFileSync(script, STRANGER);
    const launcher = new LocalLauncher({
        kind: "local",
        runsDir: join(dir, "runs"),
        scratchDir: join(dir, "scratch"),
        scheduleDir: join(dir, "schedule"),
        cores: 1,
        memory: "512m",
    });
    const run = await launcher.submit({
        runId: "stranger-1",
        job: "stranger",
        script,
        args: [],
        conf: {},
        uses: [],
        results: {},
    });
    const lines: string[] = [];
    const { code } = await launcher.follow(run, (line) => lines.push(line), contextWith().signal);
    t.is(code, 0, lines.join("\n"));
    for (const name of ["driver", "block manager"]) {
        const answer = lines.find((line) => line.startsWith(`${name} said`));
        t.regex(answer ?? "", /Expected SaslMessage/, name);
    }
});
