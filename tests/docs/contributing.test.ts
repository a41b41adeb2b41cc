// The service that CONTRIBUTING.md shows how to write, on the program's own graph. tests/e2e/contributing.test.ts adds its job.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import { record, settled } from "../components/recorder.ts";
import { folder } from "../folder.ts";
import { blocksFor, ROOT, read } from "./blocks.ts";

test("the example of a service has its login, a health check and a memory limit", async (t) => {
    const recorded = record();
    const [greeter, ...others] = blocksFor(import.meta.filename, read("CONTRIBUTING.md"));
    t.is(others.length, 0);
    const project = folder(t);
    symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
    mkdirSync(join(project, "components"));
    const service = pathToFileURL(join(ROOT, "components/swarm/service.ts")).href;
    const file = join(project, "components/greeter.ts");
    writeFileSync(file, `${greeter?.content}`.replaceAll('"./service.ts"', JSON.stringify(service)));
    const { Greeter } = await import(pathToFileURL(file).href);

    const mongo = { file: "mongo", id: "secret-id", name: "secret-name" };
    new Greeter("hello", { image: "greeter:1", network: "network-id", mongo }, {});
    await settled();
    const { inputs } = recorded.find(({ type }) => type === "docker:index/service:Service") ?? {};
    const { containerSpec, resources } = inputs.taskSpec;
    t.is(containerSpec.secrets.length, 1);
    t.like(containerSpec.secrets[0], { secretId: "secret-id", fileName: "mongo", fileUid: "10001" });
    t.deepEqual(containerSpec.healthcheck.tests.slice(1), ["greeter", "--check"]);
    t.is(resources.limits.memoryBytes, 128 * 2 ** 20);
});
