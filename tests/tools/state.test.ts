import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { folder } from "../folder.ts";
import { root, run, which } from "./shell.ts";

test("by default, the state is in the checkout, and only the user can read the new passphrase", async (t) => {
    const { home, checkout, said } = await setUp(t);
    t.regex(
        said.stdout,
        new RegExp(`PULUMI_BACKEND_URL='file://${checkout}/\\.pulumi-state\\?metadata=skip'`),
    );
    const file = join(home, ".config/london-power/passphrase");
    t.true(said.stdout.includes(`PULUMI_CONFIG_PASSPHRASE_FILE='${file}'`), said.stdout);
    t.is(statSync(file).mode & 0o777, 0o600);
    t.regex(readFileSync(file, "utf8"), /^[0-9a-f]{64}\n$/);
    t.true(said.stderr.includes(file), "the user is told where it is");
    t.false(said.stderr.includes(readFileSync(file, "utf8").trim()), "and not what it is");
});

test("an existing passphrase stays, even if two runs set up at the same time", async (t) => {
    const { home, again } = await setUp(t);
    const file = join(home, ".config/london-power/passphrase");
    const before = readFileSync(file, "utf8");
    await Promise.all([again(), again()]);
    t.is(readFileSync(file, "utf8"), before);
});

for (const [what, settings] of [
    ["the environment", { PULUMI_BACKEND_URL: "s3://mine" }],
    ["a login", {}],
] as const) {
    test(`the user's own backend, chosen by ${what}, is left alone`, async (t) => {
        const login =
            what === "a login"
                ? '{\n    "current": "https://pulumi.example",\n    "accounts": {}\n}\n'
                : undefined;
        const { home, checkout, said } = await setUp(t, settings, login);
        t.is(said.stdout, "");
        t.false(existsSync(join(checkout, ".pulumi-state")));
        t.false(existsSync(join(home, ".config")));
    });
}

test("the user's own passphrase is used, even an empty one", async (t) => {
    const { home, said } = await setUp(t, { PULUMI_CONFIG_PASSPHRASE: "" });
    t.notRegex(said.stdout, /PASSPHRASE/);
    t.false(existsSync(join(home, ".config")));
});

/** Runs the step, then prints its variables, in a checkout and for a user made up for the test. */
async function setUp(t: ExecutionContext, settings: NodeJS.ProcessEnv = {}, login?: string) {
    const [home, checkout] = [join(folder(t), "home"), join(folder(t), "checkout")];
    cpSync(join(root, "tools/setup"), join(checkout, "tools/setup"), { recursive: true });
    mkdirSync(join(home, ".pulumi"), { recursive: true });
    if (login) {
        writeFileSync(join(home, ".pulumi/credentials.json"), login);
    }
    const script = `set -euo pipefail; cd "$0"; . ./common.sh; . ./state.sh
        variable() { printf "export %s='%s'\\n" "$1" "$2"; }
        setup_state; state_variables`;
    const again = () =>
        run([which("bash"), "-c", script, join(checkout, "tools/setup")], {
            PATH: process.env.PATH,
            HOME: home,
            ...settings,
        });
    return { home, checkout, said: await again(), again };
}
