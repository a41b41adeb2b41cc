// The image `gateway` in its role `pages`, with a certificate as london-power:gatewayCertificate brings it, and nothing behind it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { until } from "../project.ts";
import { docker, machineSettings } from "./docker.ts";

const NAME = "power.example.com";
const [PAGES, JUPYTER] = [29443, 29444];
const LOGIN = { Authorization: `Basic ${btoa("admin:Winter-Garden-7")}` };

let secrets = "";
let container = "";
let ca: Buffer;
test.before(async () => {
    secrets = mkdtempSync(join(tmpdir(), "london-power-pages-"));
    ca = certificateInto(secrets);
    const base = machineSettings().baseImage ?? "debian:bookworm-slim";
    const build = ["build", "--quiet", "--build-arg", `BASE=${base}`, "--file", "images/gateway/Dockerfile"];
    const image = docker(...build, ".");
    const ports = ["--publish", `127.0.0.1:${PAGES}:9870`, "--publish", `127.0.0.1:${JUPYTER}:8888`];
    const files = ["--volume", `${secrets}:/run/secrets:ro`];
    container = docker(
        "run",
        "--detach",
        "--rm",
        "--env",
        `NAME=${NAME}`,
        ...files,
        ...ports,
        image,
        "pages",
    );
    await until("HTTPS", () =>
        ask(PAGES, NAME).then(
            () => true,
            () => false,
        ),
    );
});
test.after.always(() => {
    if (container !== "") {
        docker("rm", "--force", container);
    }
    rmSync(secrets, { recursive: true, force: true });
});

test("with a certificate the pages speak HTTPS under its names, and no HTTP", async (t) => {
    t.like(await ask(PAGES, NAME), { status: 401 });
    t.like(await ask(PAGES, "elsewhere.example"), { status: 421 });
    t.like(await ask(PAGES, `jupyter.${NAME}`), { status: 421 }, "its cookie goes to no other page");
    const { status, headers } = await ask(JUPYTER, NAME, { "Sec-Fetch-Mode": "navigate" });
    t.is(status, 302);
    t.is(headers.location, `https://jupyter.${NAME}:${JUPYTER}/`);
    await t.throwsAsync(fetch(`http://127.0.0.1:${PAGES}/`));
});

test("of HDFS's pages only those that show something are let through", async (t) => {
    const status = async (path: string) => (await ask(PAGES, NAME, LOGIN, path)).status;
    for (const path of [
        "/fsck?ugi=hdfs&path=/lake&delete=1",
        "/%66sck?path=/lake",
        "/static/../fsck?path=/lake",
        "/static/..%2ffsck",
        "/static/..;/fsck",
        "//fsck",
        "/logLevel?log=a&level=DEBUG",
        "/%6cogLevel",
        "/imagetransfer",
    ]) {
        t.is(await status(path), 403, path);
    }
    // No namenode is behind the pages here.
    for (const path of [
        "/",
        "/dfshealth.html",
        "/dfshealth.js",
        "/explorer.html",
        "/explorer.js",
        "/static/hadoop.css",
        "/webhdfs/v1/?op=LISTSTATUS",
    ]) {
        t.is(await status(path), 503, path);
    }
});

/** Writes what the swarm's secrets hold into a folder; returns the certificate alone. */
function certificateInto(folder: string): Buffer {
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "chain.pem")];
    execFileSync("openssl", [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "1",
        "-subj",
        `/CN=${NAME}`,
        "-addext",
        `subjectAltName=DNS:${NAME},DNS:jupyter.${NAME}`,
        "-keyout",
        key,
        "-out",
        certificate,
    ]);
    const chain = readFileSync(certificate);
    writeFileSync(join(folder, "gateway-certificate"), Buffer.concat([chain, readFileSync(key)]));
    const login = createHash("sha256").update(LOGIN.Authorization).digest("hex").toUpperCase();
    writeFileSync(join(folder, "gateway-login"), login);
    // The image's user is another one.
    chmodSync(folder, 0o755);
    return chain;
}

function ask(port: number, host: string, headers: Record<string, string> = {}, path = "/") {
    return new Promise<{ status: number; headers: IncomingHttpHeaders }>((done, failed) => {
        const asked = request(
            {
                host: "127.0.0.1",
                port,
                path,
                ca,
                servername: NAME,
                headers: { Host: `${host}:${port}`, ...headers },
                agent: false,
            },
            (answer) => {
                answer.resume();
                done({ status: answer.statusCode ?? 0, headers: answer.headers });
            },
        );
        asked.once("error", failed).end();
    });
}
