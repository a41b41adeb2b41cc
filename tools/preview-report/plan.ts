// Previews a stack as if nothing of it were there: needs no login and no secret, and says the same twice.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Scratch } from "./scratch.ts";

/** Resources are otherwise named with some random letters at the end, other ones each time. */
const SAME_NAMES = "  pulumi:autonaming:\n    mode: verbatim\n";

/**
 * What `pulumi preview --json` prints for a stack that has nothing yet.
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
        // Where Pulumi fails before it begins there is no JSON; its words are kept as the engine's would be.
        return stdout.startsWith("{")
            ? stdout
            : JSON.stringify({ diagnostics: [{ message: stderr || stdout, severity: "error" }] });
    } finally {
        scratch.dispose();
    }
}
