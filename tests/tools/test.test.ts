import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { path, root, run, which } from "./shell.ts";

test("a failed suite does not hide the next one, all tests are counted, and none uses the user's home", async (t) => {
    const home = project(t);
    mkdirSync(join(home, ".cache"));
    const log = join(home, "environment");
    const bin = path(t, ["paste", "tee"], {
        ava: `echo "$HOME|$XDG_CONFIG_HOME|\${PULUMI_BACKEND_URL-}|\${PULUMI_CONFIG_PASSPHRASE-}|$LONDON_POWER_CACHE" >>'${log}'
            case "$*" in *e2e*) echo '  4 tests passed' ;; *) echo '  1 test failed'; echo '  2 tests passed'; exit 1 ;; esac`,
        python: "echo '3 failed, 68 passed, 1 warning in 10s'; exit 1",
    });
    const { code, stdout, stderr } = await run(
        [which("bash"), join(home, "tools/test.sh"), "unit", "jobs", "e2e"],
        {
            PATH: bin,
            HOME: home,
            PULUMI_BACKEND_URL: "file:///mine",
            PULUMI_CONFIG_PASSPHRASE: "mine",
        },
    );
    t.is(code, 1);
    t.is(stdout.trimEnd().split("\n").at(-1), "74 passed, 4 failed");
    t.regex(stdout, /== unit: FAILED in [\s\S]*== e2e: passed in/);
    t.regex(stderr, /^FAILED: unit jobs$/m);
    for (const line of readFileSync(log, "utf8").trimEnd().split("\n")) {
        const [own, config, backend, passphrase, cache] = line.split("|");
        t.false(own?.startsWith(home));
        t.is(config, `${own}/.config`);
        t.is(`${backend}${passphrase}`, "");
        t.is(cache, `${home}/.cache/london-power`);
    }
});

for (const [failing, words] of [
    ["pyright", "one wrong type"],
    ["tsc", "another wrong type"],
] as const) {
    test(`lint fails if only ${failing} does, and shows what it prints`, async (t) => {
        const home = project(t);
        const checks = ["git", "biome", "tsc", "depcruise", "ruff", "pyright", "lint-imports", "zizmor"];
        const standIns = Object.fromEntries(checks.map((name) => [name, "exit 0"]));
        standIns.git = "exit 1"; // The line that the check of the stack files looks for is in none of them.
        writeFileSync(join(home, "tools/actionlint.sh"), "#!/bin/sh\n", { mode: 0o755 });
        const lint = async () => {
            const bin = path(t, ["paste", "tee"], standIns);
            return run([which("bash"), join(home, "tools/test.sh"), "lint"], { PATH: bin, HOME: home });
        };
        t.is((await lint()).code, 0);
        standIns[failing] = `echo '${words}'; exit 1`;
        const { code, stdout } = await lint();
        t.is(code, 1);
        t.true(stdout.includes(words));
    });
}

/** A folder with the script and the files that it reads. */
function project(t: ExecutionContext): string {
    const home = folder(t);
    for (const name of ["test.sh", "setup/common.sh", "setup/stack-files.sh"]) {
        cpSync(join(root, "tools", name), join(home, "tools", name));
    }
    return home;
}
