// Previews a stack as if it were empty. It needs no login and no secret, and gives the same result every time.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Scratch } from "./scratch.ts";

/** Without this, resources would get names with random letters, different ones each time. */
const SAME_NAMES = "  pulumi:autonaming:\n    mode: verbatim\n";

/**
 * Returns the output of `pulumi preview --json` for an empty stack.
 *
 * @param project folder of the project, set up, with a `Pulumi.<stack>.yaml`
 */
export function planFromNothing(project: string, stack: string): string {
    const scratch = new Scratch("london-power", stack);
    try {
        const given = readFileSync(join(project, `Pulumi.${stack}.yaml`), "utf8");
        // The salt belongs to another passphrase.
        const config = given.replace(/^encryptionsalt:.*\n?/m, "").trimEnd();
        const file = scratch.write("config.yaml", `${config}\n${SAME_NAMES}`);
        const { stdout, stderr } = scratch.pulumi(project, "preview", "--json", "--config-file", file);
        // If Pulumi fails before the preview, there is no JSON; its message is stored like one of the engine.
        return stdout.startsWith("{")
            ? stdout
            : JSON.stringify({ diagnostics: [{ message: stderr || stdout, severity: "error" }] });
    } finally {
        scratch.dispose();
    }
}
