import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folder } from "../folder.ts";
import { root, run } from "./shell.ts";

test("pulumi new creates a complete project with its own name", async (t) => {
    const [template, project, home] = [folder(t), folder(t), folder(t)];
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
        cwd: root,
        encoding: "utf8",
    });
    const files = listed.split("\0").filter((name) => name && existsSync(join(root, name)));
    for (const name of files) {
        cpSync(join(root, name), join(template, name));
    }
    mkdirSync(join(home, "state"));
    const { code, stdout, stderr } = await run(
        [
            "pulumi",
            "new",
            template,
            "--name",
            "london-power",
            "--generate-only",
            "--yes",
            "--non-interactive",
            "--cwd",
            project,
        ],
        {
            ...process.env,
            PULUMI_HOME: home,
            PULUMI_BACKEND_URL: `file://${home}/state`,
            PULUMI_CONFIG_PASSPHRASE: "test",
        },
    );
    t.is(code, 0, stderr);
    t.regex(stdout, /Created project 'london-power'[\s\S]*make up/);
    t.deepEqual(
        files.filter((name) => !existsSync(join(project, name))),
        [],
    );
    t.is(statSync(join(project, "tools/setup.sh")).mode & 0o100, 0o100, "what is to be run may be run");
    const made = readFileSync(join(project, "Pulumi.yaml"), "utf8");
    t.regex(made, /^name: london-power$/m);
    t.notRegex(made, /^template:/m);
});
