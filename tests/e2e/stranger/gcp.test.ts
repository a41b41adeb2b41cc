// Somebody who has never seen the project types the commands of docs/gcp.md, except for those of `gcloud`, on the stand-ins for
// Google.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { ENDPOINT } from "../../../config/gcp.ts";
import { startServer } from "../../../provider/host/mongo.ts";
import { stop } from "../../../provider/host/process.ts";
import { PROJECT } from "../../fake-google/provider/types.ts";
import { FakeGoogle } from "../../fake-google/server.ts";
import { installProvider } from "../gcp/stage.ts";
import { commandsOf, Stranger } from "./stranger.ts";

test("from an empty project to results, with the policies kept, and a clean checkout but for what was set", async (t) => {
    const google = await FakeGoogle.start();
    t.teardown(() => google.stop());
    const folder = mkdtempSync(join(tmpdir(), "london-power-mongo-"));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const mongo = await startServer(folder, 0, true, async () => undefined);
    t.teardown(() => stop(mongo, 5000));
    const stranger = new Stranger({ [ENDPOINT]: google.url, PULUMI_GCP_SKIP_REGION_VALIDATION: "true" });
    t.teardown(() => stranger.leave("gcp"));
    installProvider(join(stranger.home, ".pulumi/plugins"));

    const page = stranger.read("docs/gcp.md").replaceAll("my-project-123", PROJECT);
    const commands = commandsOf(import.meta.filename, page);
    t.is(commands.length, 2);
    const uri = `mongodb://127.0.0.1:${mongo.port}/?retryWrites=false`;
    const shown = await stranger.type(
        ...commands,
        `pulumi config set --secret london-power:mongoUri '${uri}' --stack gcp`,
        "make up STACK=gcp",
        "make answers STACK=gcp",
        "make report STACK=gcp",
        "pulumi stack output endpoints --stack gcp",
        "make policies STACK=gcp",
        "make up STACK=gcp",
    );
    t.regex(shown, /\$ make up STACK=gcp[\s\S]*Readings: 3 read/);
    t.regex(shown, /\$ make report STACK=gcp\nhttps:\/\/storage\.cloud\.google\.com\/\S+\/report\.html\n/);
    t.regex(shown, /\$ make policies STACK=gcp[\s\S]*✅ london-power@v/);
    t.regex(shown, /\$ make up STACK=gcp[\s\S]*\d+ unchanged/);
    t.is(stranger.changes(), "M Pulumi.gcp.yaml");

    t.regex(await stranger.type("make destroy STACK=gcp"), /\d+ deleted/);
    await stranger.type(
        'eval "$(make -s env STACK=gcp)"',
        "pulumi config rm gcp:project --stack gcp",
        "pulumi config rm london-power:mongoUri --stack gcp",
    );
    t.is(stranger.changes(), "");
});
