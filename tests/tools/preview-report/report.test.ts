import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { comment } from "../../../tools/preview-report/markdown.ts";
import { type Preview, readPreview } from "../../../tools/preview-report/preview.ts";
import { compare } from "../../../tools/preview-report/properties.ts";
import { reportOn, type StackReport } from "../../../tools/preview-report/report.ts";
import { terminal } from "../../../tools/preview-report/terminal.ts";

const golden = join(import.meta.dirname, "golden");

/** Real previews; see record.ts. What they should look like is kept beside them: UPDATE_GOLDEN=1 writes it anew. */
function recorded(stack: string, change: string): StackReport {
    const read = (name: string): Preview | undefined => {
        const path = join(golden, stack, `${name}.json`);
        return existsSync(path) ? readPreview(readFileSync(path, "utf8")) : undefined;
    };
    return reportOn(stack, read(change) as Preview, read("base"), read(`${change}.answers`));
}

const CASES: [title: string, stack: string, change: string][] = [
    ["more workers are an update of one service, and cost more", "dev", "workers"],
    ["another image of MongoDB is an update of one service", "dev", "image"],
    ["another driver of a volume replaces it, and takes HDFS away", "dev", "volume"],
    [
        "a changed job script runs that job and those that read from it, and what is due already is not counted",
        "local",
        "script",
    ],
    ["another label of the bucket is an update of it, and of nothing else", "gcp", "label"],
    ["another workspace replaces the folder with all that is in it", "local", "workspace"],
];
for (const [title, stack, change] of CASES) {
    test(title, (t) => {
        const report = recorded(stack, change);
        for (const [kind, text] of Object.entries({ md: comment([report]), txt: `${terminal(report)}\n` })) {
            const file = join(golden, stack, `${change}.${kind}`);
            if (process.env.UPDATE_GOLDEN) {
                writeFileSync(file, text);
            }
            t.is(text, readFileSync(file, "utf8"));
        }
    });
}

test("a change against itself is no change", (t) => {
    const report = recorded("dev", "base");
    t.deepEqual(report.changes, []);
    t.regex(comment([report]), /\| `dev` \| – \| – \| – \| – \| – \|[\s\S]*Nothing changes\./);
});

test("a change that no provider was asked about is called an update or a replacement", (t) => {
    const read = (name: string) => readPreview(readFileSync(join(golden, "dev", `${name}.json`), "utf8"));
    const text = comment([reportOn("dev", read("volume"), read("base"))]);
    t.true(text.includes("update or replace <code>dev-hdfs-names</code>"));
    t.true(text.includes("The provider was not asked whether 1 of the updates need a new resource."));
});

/** A preview of one resource that is updated, made up. */
function update(before: object, after: object, more: object = {}): Preview {
    const state = (inputs: object) => ({ custom: true, inputs });
    const urn = "urn:pulumi:dev::london-power::docker:index/service:Service::web";
    const step = { op: "update", urn, oldState: state(before), newState: state(after), ...more };
    return readPreview(JSON.stringify({ steps: [step] }));
}

test("secrets are masked by the engine, by name and by form, and their changes are still reported", (t) => {
    const preview = update(
        { env: { DB_PASSWORD: "hunter1", URI: "mongodb://a:b@c/" }, data: "[secret]" },
        { env: { DB_PASSWORD: "hunter2", URI: "mongodb://a:d@c/" }, data: "[secret]" },
        { detailedDiff: { data: { kind: "update-replace" } } },
    );
    preview.messages = [{ text: "cannot reach mongodb://a:b@c/", severity: "warning" }];
    const text = comment([reportOn("dev", preview)]);
    t.false(/hunter|a:b|a:d/.test(text), text);
    t.true(text.includes("# needs a new resource:\n- data: [secret]\n+ data: [secret] (another)"));
    t.true(text.includes("- env.DB_PASSWORD: [secret]\n+ env.DB_PASSWORD: [secret]"));
});

test("a value that is known only after the deployment is marked", (t) => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    t.deepEqual(compare({ a: ["x"] }, { a: [unknown] }), [
        { path: "a[0]", before: "x", after: "(known after the deployment)", replaces: false },
    ]);
});

test("text of the reviewed code stays text: it cannot add a fence, tag, link or mention", (t) => {
    const preview = update({ env: { A: "1" } }, { env: { A: "````\n</details> [x](http://x) @all" } });
    const warned = {
        ...preview,
        messages: [{ text: "**a** [x](http://x) <b> @all", severity: "warning" as const }],
    };
    const text = comment([reportOn("dev", warned)]);
    t.regex(text, /`````diff\n- env\.A: 1\n\+ env\.A: ````⏎<\/details> \[x\]\(http:\/\/x\) @all\n`````\n/);
    t.true(text.includes("- \\*\\*a\\*\\* \\[x\\](http://x) \\<b\\> @\u200ball"), text);
});

test("a long comment is cut at the limit: numbers, losses, jobs and costs stay, and the least important details are dropped", (t) => {
    const steps = Array.from({ length: 400 }, (_, i) => ({
        op: i === 399 ? "replace" : "update",
        urn: `urn:pulumi:dev::p::docker:index/volume:Volume::volume-${i}`,
        oldState: { custom: true, inputs: { text: "a".repeat(290) } },
        newState: { custom: true, inputs: { text: "b".repeat(290) } },
    }));
    const text = comment([reportOn("dev", readPreview(JSON.stringify({ steps })))]);
    t.true(text.length <= 64_000, `${text.length}`);
    t.true(text.length > 60_000, `${text.length}`);
    t.true(text.includes("| `dev` | – | 399 | 1 | – | – |"));
    t.true(text.includes("`volume-399` (docker Volume) is **replaced**, and what is in the volume with it"));
    t.true(text.indexOf("<code>volume-399</code>") < text.indexOf("<code>volume-0</code>"));
    t.regex(text, /\d+ more changes find no room here/);
    t.is((text.match(/<details>/g) ?? []).length, (text.match(/<\/details>/g) ?? []).length);
});

test("a failed preview shows the reason", (t) => {
    const failed = readPreview(
        JSON.stringify({ diagnostics: [{ message: "error: no such file\n", severity: "error" }] }),
    );
    const text = comment([reportOn("dev", failed)]);
    t.true(text.includes("| `dev` | the preview failed |"));
    t.true(text.includes("```text\nerror: no such file\n```"));
    t.is(terminal(reportOn("dev", failed)), "error: no such file\n");
});
