import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folder } from "../folder.ts";
import { bash, path, setup } from "./shell.ts";

/** Makes as much of a system as the step touches; notes its own arguments. */
const DEBOOTSTRAP = `
echo "$*" >"$NOTES/arguments"
for last; do :; done
mkdir -p "$last/etc/apt/apt.conf.d" "$last/var/cache/apt"`;

test("the base image consists of signed packages only, and its apt refuses outdated lists", async (t) => {
    const notes = folder(t);
    const environment = {
        PATH: path(t, ["tar"], {
            debootstrap: DEBOOTSTRAP,
            docker: `if [ "$1" = import ]; then cat >"$NOTES/image.tar"; fi`,
        }),
        NOTES: notes,
        HOME: notes,
    };
    // Debootstrap's own scripts, which not every machine has.
    const script = `. "${setup}/images.sh"; cp() { mkdir -p "$3/scripts"; }; make_base_image bookworm`;
    const { code, stderr } = await bash(script, environment).result;
    t.is(code, 0, stderr);
    t.regex(readFileSync(join(notes, "arguments"), "utf8"), /^--force-check-gpg /);
    t.true(existsSync(join(notes, "image.tar")));
    t.notRegex(readFileSync(join(notes, "image.tar"), "latin1"), /Valid-Until|lagging/);
});

test("without Debian's keys no base image is built, and the error names the package with the keys", async (t) => {
    const environment = { PATH: path(t, [], { id: "echo 0", debootstrap: "exit 0" }), HOME: folder(t) };
    const script = `. "${setup}/images.sh"; debian_keys=/nowhere; base_image_problem`;
    const { code, stderr } = await bash(script, environment).result;
    t.is(code, 1);
    t.regex(stderr, /apt-get install debian-archive-keyring/);
});
