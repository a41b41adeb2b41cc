// Writes the settings of config/ to Pulumi.yaml, below its line `config:`. Run it after a change of a setting.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { declarations } from "../config/declared.ts";

/** The package has no types. */
const { dump } = createRequire(import.meta.url)("js-yaml");

const file = "Pulumi.yaml";
const [kept] = readFileSync(file, "utf8").split(/^config:$/m);
writeFileSync(
    file,
    `${kept}${dump({ config: declarations() }, { indent: 4, lineWidth: -1, quotingType: '"' })}`,
);
