import { spawnSync } from "node:child_process";

/** Returns the outputs of a stack's last `up`. Ends the process if no `up` has succeeded. */
// biome-ignore lint/suspicious/noExplicitAny: the platform decides on the content.
export function outputsOf(stack: string): any {
    const asked = spawnSync("pulumi", ["stack", "output", "--json", "--stack", stack], { encoding: "utf8" });
    const outputs = asked.status === 0 ? JSON.parse(asked.stdout) : {};
    if (!outputs.rows) {
        console.error(`${asked.stderr}stack ${stack} has no answers yet: run \`make up STACK=${stack}\``);
        process.exit(1);
    }
    return outputs;
}
