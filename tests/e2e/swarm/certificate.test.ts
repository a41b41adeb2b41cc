// The image `gateway` in its role `pages`, with a certificate as london-power:gatewayCertificate brings it.
import { execFileSync } from "node:child_process";
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

test("with a certificate the pages speak HTTPS under its names, and no HTTP", async (t) => {
    const secrets = mkdtempSync(join(tmpdir(), "london-power-certificate-"));
    t.teardown(() => rmSync(secrets, { recursive: true, force: true }));
    const ca = certificateInto(secrets);
    const image = docker(
        "build",
        "--quiet",
        "--build-arg",
        `BASE=${machineSettings().baseImage ?? "debian:bookworm-slim"}`,
        "--file",
        "images/gateway/Dockerfile",
        ".",
    );
    const container = docker(
        "run",
        "--detach",
        "--rm",
        "--env",
        `NAME=${NAME}`,
        "--volume",
        `${secrets}:/run/secrets:ro`,
        "--publish",
        `127.0.0.1:${PAGES}:9870`,
        "--publish",
        `127.0.0.1:${JUPYTER}:8888`,
        image,
        "pages",
    );
    t.teardown(() => docker("rm", "--force", container));
    await until("HTTPS", () =>
        ask(ca, PAGES, NAME).then(
            () => true,
            () => false,
        ),
    );
    t.like(await ask(ca, PAGES, NAME), { status: 401 });
    t.like(await ask(ca, PAGES, "elsewhere.example"), { status: 421 });
    const { status, headers } = await ask(ca, JUPYTER, NAME, { "Sec-Fetch-Mode": "navigate" });
    t.is(status, 302);
    t.is(headers.location, `https://jupyter.${NAME}:${JUPYTER}/`);
    await t.throwsAsync(fetch(`http://127.0.0.1:${PAGES}/`));
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
    writeFileSync(join(folder, "gateway-login"), "0".repeat(64));
    // The image's user is another one.
    chmodSync(folder, 0o755);
    return chain;
}

function ask(ca: Buffer, port: number, host: string, headers: Record<string, string> = {}) {
    return new Promise<{ status: number; headers: IncomingHttpHeaders }>((done, failed) => {
        const asked = request(
            {
                host: "127.0.0.1",
                port,
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
