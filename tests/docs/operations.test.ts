// Checks what the commands of docs/operations.md do without a platform; tests/e2e/swarm/operations.ts runs them with one.
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folder } from "../folder.ts";
import { blocksOf, commandsIn, read } from "./blocks.ts";

const commands = blocksOf(read("docs/operations.md"))
    .filter(({ heading }) => heading === "Back up")
    .flatMap(commandsIn);

for (const before of ["absent", "open to others"]) {
    test(`before the first copy, only the owner can read the folder of copies, which was ${before}`, (t) => {
        const dir = folder(t);
        if (before !== "absent") {
            mkdirSync(join(dir, "backup"), { mode: 0o755 });
        }
        const first = commands.findIndex((command) => /backup/.test(command));
        execFileSync("bash", ["-c", `umask 022; ${commands[first]}`], { cwd: dir });
        t.is(statSync(join(dir, "backup")).mode & 0o777, 0o700);
        t.true(commands.slice(first + 1).some((command) => command.includes("backup/state.json")));
    });
}
