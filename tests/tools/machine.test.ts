import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { path, root, run, which } from "./shell.ts";

const REFUSED = "echo 'Error: Requested AEAD algorithm not found.' >&2; exit 2";

test("a complete machine needs no settings", async (t) => {
    t.is(await settings(t, { images: "debian:bookworm-slim", unshare: "exit 0" }), "");
});

test("without an image registry, all images are built on this machine", async (t) => {
    const own = await settings(t, { images: "london-power/debian:bookworm", unshare: "exit 0" });
    t.is(
        own,
        "baseImage london-power/debian:bookworm\n" +
            "mongoImage ./images/mongo-stand-in\n" +
            "mongoExpressImage ./images/mongo-express-stand-in\n",
    );
});

test("the public base image takes precedence over set-up's", async (t) => {
    t.is(await settings(t, { images: "debian:bookworm-slim london-power/debian:bookworm", unshare: "" }), "");
});

test("a kernel that refuses the key cannot encrypt, and one that cannot be asked counts as able to", async (t) => {
    t.is(await settings(t, { images: "", unshare: REFUSED }), "encryptNetwork false\n");
    t.is(await settings(t, { images: "", unshare: "exit 1" }), "");
    t.is(await settings(t, { images: "", unshare: "exit 127" }), "");
});

test("the kernel of a remote engine is not checked", async (t) => {
    t.is(await settings(t, { images: "", unshare: REFUSED, host: "ssh://someone@elsewhere" }), "");
});

/** What machine.sh prints on a machine with these images, with blanks between, and this `unshare`. */
async function settings(
    t: ExecutionContext,
    { images, unshare, host }: { images: string; unshare: string; host?: string },
): Promise<string> {
    const docker = `case " ${images} " in *" $3 "*) exit 0 ;; esac; exit 1`;
    const environment = { PATH: path(t, [], { docker, unshare }), DOCKER_HOST: host, HOME: "/nowhere" };
    const { code, stdout, stderr } = await run([which("bash"), join(root, "tools/machine.sh")], environment);
    t.is(code, 0, stderr);
    return stdout;
}
