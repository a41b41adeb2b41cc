// report.ts STACK: prints the path of the report of a stack's last run, and opens it if there is a screen. It downloads a
// report that needs a login. Runs in the environment of env.sh.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { currentPath } from "./currentPath.ts";
import { outputsOf } from "./outputs.ts";

const stack = process.argv[2] ?? "local";
const { report, logins } = outputsOf(stack);
const page = logins?.gatewayPassword ? await fetched(report) : currentPath(report);
console.log(page);
const opener = process.platform === "darwin" ? "open" : "xdg-open";
if (process.platform === "darwin" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) {
    spawnSync(opener, [page], { stdio: "ignore" });
}

/** Downloads a copy into the stack's folder, which only this user can read. Nobody has to type the gateway's login for it. */
async function fetched(address: string): Promise<string> {
    const shown = execFileSync("pulumi", [
        "stack",
        "output",
        "logins",
        "--json",
        "--show-secrets",
        "--stack",
        stack,
    ]);
    const { gatewayPassword } = JSON.parse(shown.toString());
    const answer = await fetch(address, {
        headers: { Authorization: `Basic ${btoa(`admin:${gatewayPassword}`)}` },
    });
    if (!answer.ok) {
        console.error(
            `${address}: ${answer.status} ${answer.statusText}. Run the job again: make up STACK=${stack}`,
        );
        process.exit(1);
    }
    const folder = resolve(".london-power", stack);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, "report.html");
    writeFileSync(file, await answer.text(), { mode: 0o600 });
    return pathToFileURL(file).href;
}
