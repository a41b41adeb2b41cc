import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Duplex } from "node:stream";

/** Number of characters of ssh's output that an error keeps. */
const SAID = 2000;

/**
 * A connection to the Docker engine of another machine through `docker system dial-stdio`, as the docker command makes it.
 * ssh's own configuration provides keys, host keys and everything else.
 */
export class SshConnection extends Duplex {
    private readonly ssh: ChildProcessWithoutNullStreams;

    /** @param address ssh://[user@]host[:port] */
    constructor(address: URL) {
        super();
        this.ssh = spawn("ssh", argumentsFor(address), { stdio: "pipe" });
        let said = "";
        const fail = (why: string) =>
            this.destroy(new Error(`no Docker engine at ${address}: ${said.trim() || why}`));
        this.ssh.stdout.on("data", (data) => this.push(data) || this.ssh.stdout.pause());
        this.ssh.stderr.on("data", (data) => {
            said = `${said}${data}`.slice(-SAID);
        });
        this.ssh.stdin.on("error", () => undefined); // the end of the process explains the reason
        this.ssh.once("error", (error) => fail(error.message));
        this.ssh.once("close", (code) => (code === 0 ? this.push(null) : fail(`exit code ${code}`)));
    }

    override _read(): void {
        this.ssh.stdout.resume();
    }

    override _write(chunk: Buffer, encoding: BufferEncoding, done: () => void): void {
        this.ssh.stdin.write(chunk, encoding, () => done());
    }

    override _final(done: () => void): void {
        this.ssh.stdin.end(done);
    }

    override _destroy(error: Error | null, done: (error: Error | null) => void): void {
        this.ssh.kill();
        done(error);
    }
}

function argumentsFor({ username, hostname, port }: URL): string[] {
    return [
        // Nobody can answer questions.
        "-T",
        "-o",
        "BatchMode=yes",
        "-o",
        "ConnectTimeout=30",
        ...(username ? ["-l", decodeURIComponent(username)] : []),
        ...(port ? ["-p", port] : []),
        "--",
        hostname,
        "docker",
        "system",
        "dial-stdio",
    ];
}
