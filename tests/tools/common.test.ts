import { pathToFileURL } from "node:url";
import test from "ava";
import { folder } from "../folder.ts";
import { bash, setup } from "./shell.ts";

const cases: [string, string, boolean][] = [
    ["22.18.0", "22.18.0", true],
    ["22.9.1", "22.18.0", false],
    ["24.0.0", "22.18.0", true],
    ["20.20.2", "22.18.0", false],
    ["3.10", "3.10.0", true],
    ["1.26.8-rc1", "1.21.0", true],
    ["3.08.0", "3.10.0", false],
];

for (const [version, minimum, enough] of cases) {
    test(`${version} is ${enough ? "" : "not "}at least ${minimum}`, async (t) => {
        const { stdout } = await bash(`if at_least ${version} ${minimum}; then echo yes; else echo no; fi`)
            .result;
        t.is(stdout, enough ? "yes\n" : "no\n");
    });
}

test("bash and sh read a quoted path back unchanged", async (t) => {
    const awkward = `it's "a" $path \\with blanks`;
    const script = `text=$(quoted "$1"); eval "back=$text"; [ "$back" = "$1" ] && sh -c "printf %s $text"`;
    const { stdout } = await bash(`check() { ${script}; }; check "$AWKWARD"`, {
        ...process.env,
        AWKWARD: awkward,
    }).result;
    t.is(stdout, awkward);
});

test("a content key depends on content and names, not on the files' folder", async (t) => {
    const directory = folder(t);
    const { stdout, stderr } = await bash(`
        cd "${directory}"; mkdir a b c; echo 1 >a/x; echo 1 >b/x; echo 2 >c/x
        content_key a/x; content_key b/x; content_key c/x; content_key a/x -- v2`).result;
    const [a, b, c, worded] = stdout.trim().split("\n");
    t.is(a, b, stderr);
    t.not(a, c);
    t.not(a, worded);
});

test("a download is refused when its checksum is not the published one", async (t) => {
    const directory = folder(t);
    const { stdout } = await bash(`
        cd "${directory}"; echo good >tool.tgz; printf '%s  tool.tgz\\n' "$(sha256 <tool.tgz)" >sums
        verified tool.tgz sums && echo accepted
        echo bad >tool.tgz; verified tool.tgz sums || echo refused
        : >sums; verified tool.tgz sums || echo refused`).result;
    t.regex(
        stdout,
        /^accepted\n[^\n]*not the published one\nrefused\n[^\n]*not the published one\nrefused\n$/,
    );
});

test("an archive is unpacked if its checksum is in the list", async (t) => {
    const directory = folder(t);
    const { code, stdout } = await bash(`
        cd "${directory}"; mkdir tool-1 good again bad; echo hello >tool-1/tool; tar -czf tool-1.tgz tool-1
        printf '%s  tool-1.tgz\\n' "$(sha256 <tool-1.tgz)" >list
        site=${pathToFileURL(directory)}
        fetch_archive "$site" tool-1.tgz list good && ls good
        fetch_archive "$site" tool-1.tgz <(cat list) again && ls again
        echo more >>tool-1.tgz
        fetch_archive "$site" tool-1.tgz list bad || find bad -name tool`).result;
    t.is(code, 0);
    t.is(stdout, "tool\ntool\nthe checksum of tool-1.tgz is not the published one\n");
});

test("Node is checked with the checksum in this repository, whatever its site publishes", async (t) => {
    const directory = folder(t);
    const { stdout } = await bash(`
        . "${setup}/node.sh"
        cd "${directory}"; mkdir -p node/bin scratch; echo other >node/bin/node; tar -czf other.tgz node
        fetch() { echo "$1" >>asked; cp other.tgz "$2"; }
        node_from_site "$PWD/scratch" || true
        cat asked; find scratch -name node`).result;
    t.regex(
        stdout,
        /^the checksum of node-v\S+\.tar\.gz is not the published one\nhttps:\/\/nodejs\.org\/\S+\.tar\.gz\n$/,
    );
});

test("every platform of set-up has a checksum for the Node version that it downloads", async (t) => {
    const { stdout, stderr } = await bash(`
        for each in linux-x64 linux-arm64 darwin-x64 darwin-arm64; do
            node_sums | grep -c "^[0-9a-f]\\{64\\}  node-v$node_version-$each.tar.gz$"
        done`).result;
    t.is(stdout, "1\n1\n1\n1\n", stderr);
});
