// Every `pulumi config set` of the pages, in blocks and within sentences, sets a value that the program accepts.
import test from "ava";
import type { Target } from "../../config/targets.ts";
import { settingsWith } from "../config/settings.ts";
import { PAGES, read } from "./blocks.ts";

const COMMAND =
    /pulumi config set (?<secret>--secret )?(?<key>(?:london-power|gcp):\w+) (?<value>'[^']*'|"[^"$]*"|[^\s'"$`|-][^\s'"$`|]*)/g;
/** Further settings that a target needs. */
const TARGETS: Record<Target, Record<string, string>> = {
    local: {},
    dev: {},
    gcp: { "gcp:project": "my-project-123", "gcp:region": "europe-west2" },
};
/** Settings that the pages set together with others. */
const TOGETHER: Record<string, Record<string, string>> = {
    "london-power:nodes": { registry: "registry.example.org/power" },
    "london-power:gatewayName": {
        gatewayCertificate: ["CERTIFICATE", "PRIVATE KEY"]
            .map((name) => `-----BEGIN ${name}-----`)
            .join("\n"),
    },
    "london-power:compute": {
        serverlessImage: "europe-west2-docker.pkg.dev/my-project-123/london-power/spark:1",
    },
};
/** The values of these are files or placeholders that the page explains. */
const PLACEHOLDERS = /[…]|^[A-Z]+$/;

const commands = PAGES.flatMap((page) =>
    [...read(page).matchAll(COMMAND)].map(({ 0: command, index, groups }) => ({
        page,
        command,
        ...(groups as { secret?: string; key: string; value: string }),
        stack: (/--stack (\w+)/.exec(read(page).slice(index).split("\n")[0] ?? "")?.[1] ?? "local") as Target,
    })),
).filter(({ value }) => !PLACEHOLDERS.test(value));

test("the pages set something on every target", (t) => {
    t.deepEqual([...new Set(commands.map(({ stack }) => stack))].sort(), ["dev", "gcp", "local"]);
    t.true(commands.length > 15, `${commands.length}`);
});

for (const { page, command, secret, key, value, stack } of commands) {
    test.serial(`${page}: ${command} is accepted on ${stack}`, (t) => {
        const name = key.replace("london-power:", "");
        const plain = value.replace(/^(['"])(.*)\1$/, "$2");
        const others = { ...TARGETS[stack], ...TOGETHER[key] };
        const secrets = ["gatewayCertificate", ...(secret ? [name] : [])];
        t.notThrows(() => settingsWith(stack, { ...others, [name]: plain }, secrets));
    });
}
