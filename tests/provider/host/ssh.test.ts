// The engine and ssh are stand-ins: a server on a socket, and a command that connects to it. The test of several nodes
// (tests/e2e/nodes.test.ts) goes through the docker command's own end of the line.
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { delimiter, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { DockerEngine } from "../../../provider/host/docker.ts";
import { folder } from "../../folder.ts";

const HOST = "ssh://me@far.example:2222";

test.serial("an engine behind ssh is reached through its docker command", async (t) => {
    const ssh = await fakeSsh(t, (call, answer) => answer.end(JSON.stringify({ path: call.url })));
    t.deepEqual(await new DockerEngine(HOST).get("/info"), { path: "/v1.41/info" });
    const words = readFileSync(ssh.log, "utf8");
    t.regex(words, / -l me -p 2222 -- far\.example docker system dial-stdio\n$/);
});

test.serial("large requests and answers arrive complete", async (t) => {
    await fakeSsh(t, (call, answer) => call.pipe(answer));
    const much = "much ".repeat(1_000_000);
    t.is(await new DockerEngine(HOST).post("/echo", much), much);
});

test.serial("the output of ssh becomes the error", async (t) => {
    const ssh = await fakeSsh(t, () => undefined);
    writeFileSync(ssh.command, "#!/bin/sh\necho 'far.example: no route' >&2\nexit 255\n");
    await t.throwsAsync(new DockerEngine(HOST).get("/info"), {
        message: "no Docker engine at ssh://me@far.example:2222: far.example: no route",
    });
});

test.serial("closing a stream ends its ssh", async (t) => {
    const ssh = await fakeSsh(t, (_call, answer) => answer.write("and so on\n"));
    const wanted = new AbortController();
    const stream = await new DockerEngine(HOST).stream("/events", wanted.signal);
    const ended = new Promise((resolve) => stream.once("close", resolve).on("error", () => undefined));
    stream.resume();
    wanted.abort();
    await ended;
    for (let i = 0; i < 100 && !existsSync(`${ssh.log}.ended`); i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    t.true(existsSync(`${ssh.log}.ended`));
});

/** Puts an `ssh` first on the PATH that connects to a server, notes its words, and that it has been told to end. */
async function fakeSsh(t: ExecutionContext, serve: RequestListener) {
    const bin = folder(t);
    const [command, socket, log] = ["ssh", "socket", "log"].map((name) => join(bin, name)) as [
        string,
        string,
        string,
    ];
    const server = createServer(serve);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const program = `
        const fs = require("node:fs");
        fs.appendFileSync(${JSON.stringify(log)}, " " + process.argv.slice(1).join(" ") + "\\n");
        process.on("SIGTERM", () => { fs.writeFileSync(${JSON.stringify(`${log}.ended`)}, ""); process.exit(); });
        const far = require("node:net").connect(${JSON.stringify(socket)});
        process.stdin.pipe(far).pipe(process.stdout);`;
    writeFileSync(join(bin, "program.cjs"), program);
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${bin}/program.cjs' "$@"\n`);
    chmodSync(command, 0o755);
    const path = process.env.PATH;
    process.env.PATH = `${bin}${delimiter}${path}`;
    t.teardown(() => {
        process.env.PATH = path;
        server.close();
        server.closeAllConnections();
    });
    return { command, log };
}
