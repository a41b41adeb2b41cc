// That the scanners find what they are there for: what they say of the repository itself is told by tools/scan.sh.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folder } from "../folder.ts";
import { root, run } from "../tools/shell.ts";

test("secrets in any file, a careless Dockerfile and a workflow that runs what it is sent are found", async (t) => {
    const directory = folder(t);
    const write = (name: string, ...lines: string[]) => {
        mkdirSync(join(directory, name, ".."), { recursive: true });
        writeFileSync(join(directory, name), `${lines.join("\n")}\n`);
    };
    // As good as random, and the same each time: not every random word looks so to a scanner.
    const word = createHash("sha256").update("word 1605").digest().subarray(0, 24).toString("base64url");
    write("settings.ts", `export const password = "${word}";`);
    write("notes.txt", `mongodb://me:${word}@db.example/`);
    write("deep/key", "-----BEGIN RSA PRIVATE KEY-----", word, "-----END RSA PRIVATE KEY-----");
    write("images/it/Dockerfile", "FROM debian:12", "EXPOSE 22", "CMD sleep 1");
    write(
        ".github/workflows/it.yml",
        "on: [issues]",
        "permissions: write-all",
        "jobs:",
        "  it:",
        "    runs-on: ubuntu-24.04",
        "    steps:",
        `      - run: echo "$\{{ github.event.issue.title }}"`,
    );

    const { code, stdout, stderr } = await run(["bash", join(root, "tools/scan.sh"), directory]);
    t.not(code, 0);
    const found = [...stdout.matchAll(/Check: (CKV\w+)[\s\S]*?File: (\S+?):/g)].map(
        ([, check, file]) => `${file} ${check}`,
    );
    const expected = [
        "/deep/key CKV_SECRET_13",
        "/notes.txt CKV_SECRET_4",
        "/settings.ts CKV_SECRET_6",
        "/images/it/Dockerfile CKV_DOCKER_1",
        "/images/it/Dockerfile CKV_DOCKER_3",
        "/.github/workflows/it.yml CKV_GHA_2",
        "/.github/workflows/it.yml CKV2_GHA_1",
    ];
    t.deepEqual(
        expected.filter((one) => !found.includes(one)),
        [],
        `${stdout}${stderr}`,
    );
});
