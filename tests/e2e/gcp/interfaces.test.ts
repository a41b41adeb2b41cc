// Checks that the server in place of Google's refuses the same requests as Google, in the same way.
import test from "ava";
import { FakeGoogle } from "../../fake-google/server.ts";

const NETWORKS = "/compute/v1/projects/p/global/networks";
const SECRETS = "/v1/projects/p/secrets";
const REPLICATION = { userManaged: { replicas: [{ location: "europe-west2" }] } };

const WORKFLOWS = "/v1/projects/p/locations/europe-west2/workflows?workflowId=clock";

let google: FakeGoogle;
test.before(async () => {
    google = await FakeGoogle.start();
});
test.after.always(() => google?.stop());

for (const [what, path, body, status, message] of [
    [
        "an unknown field",
        NETWORKS,
        { name: "n", colour: "red" },
        400,
        /Unknown name "colour": Cannot find field/,
    ],
    ["a name that breaks the rules", NETWORKS, { name: "My_Network" }, 400, /Invalid value for name/],
    ["a missing field", "/compute/v1/projects/p/global/firewalls", { name: "f" }, 400, /missing: network/],
    ["a label that breaks the rules", `${SECRETS}?secretId=l`, { labels: { Team: "a" } }, 400, /label key/],
    ["a secret without a place", `${SECRETS}?secretId=s`, {}, 400, /missing: secret.replication/],
    [
        "a batch whose driver has too little memory for its cores",
        "/v1/projects/p/locations/europe-west2/batches?batchId=small&requestId=small",
        {
            pysparkBatch: { mainPythonFileUri: "gs://b/job.py" },
            runtimeConfig: { version: "2.2", properties: { "spark.driver.memory": "2g" } },
            environmentConfig: { executionConfig: { subnetworkUri: "s", serviceAccount: "a@b" } },
        },
        400,
        /spark\.driver\.memory is 2g: .* 1024m to 7424m/,
    ],
    [
        "a batch in an image that nobody has pushed",
        "/v1/projects/p/locations/europe-west2/batches?batchId=none&requestId=none",
        {
            pysparkBatch: { mainPythonFileUri: "gs://b/job.py" },
            runtimeConfig: { version: "2.2", containerImage: "europe-west2-docker.pkg.dev/p/images/spark:1" },
            environmentConfig: { executionConfig: { subnetworkUri: "s", serviceAccount: "a@b" } },
        },
        400,
        /Container image europe-west2-docker\.pkg\.dev\/p\/images\/spark:1 was not found/,
    ],
    [
        "a build with an unknown field",
        "/v1/projects/p/locations/europe-west2/builds",
        { stages: [] },
        400,
        /Unknown name "stages"/,
    ],
    [
        "a build by an account of one's own that says nothing of its log",
        "/v1/projects/p/locations/europe-west2/builds",
        { steps: [], timeout: "60s", serviceAccount: "projects/p/serviceAccounts/b@p" },
        400,
        /'build.service_account' is specified/,
    ],
    [
        "a repository without a format",
        "/v1/projects/p/locations/europe-west2/repositories?repositoryId=r",
        {},
        400,
        /missing: format/,
    ],
    [
        "a workflow with a step that goes nowhere",
        WORKFLOWS,
        workflow({ main: { steps: [{ one: { next: "two" } }] } }),
        400,
        /main.one: there is no step two/,
    ],
    [
        "a workflow with a call that there is not",
        WORKFLOWS,
        workflow({ main: { steps: [{ one: { call: "http.fetch" } }] } }),
        400,
        /there is no http.fetch/,
    ],
    [
        "a workflow that asks for something without an account",
        WORKFLOWS,
        workflow({ main: { steps: [{ one: { call: "http.get", args: { url: "u" } } }] } }),
        400,
        /http.get lacks auth/,
    ],
    [
        "a workflow with an expression that is none",
        WORKFLOWS,
        workflow({ main: { steps: [{ one: { raise: "$" + "{a + }" } }] } }),
        400,
        /is no expression/,
    ],
    ["a path that it does not have", "/v1/projects/p/nothing", {}, 404, /has no POST/],
] as [string, string, object, number, RegExp][]) {
    test(`${what} is refused`, async (t) => {
        const answer = await ask("POST", path, body);
        t.is(answer.status, status);
        t.regex(answer.body.error.message, message);
    });
}

test("what is there is not made twice, and what is gone is not found", async (t) => {
    const network = { name: "twice" };
    t.is((await ask("POST", NETWORKS, network)).status, 200);
    t.is((await ask("POST", NETWORKS, network)).status, 409);
    t.is((await ask("DELETE", `${NETWORKS}/twice`)).status, 200);
    t.is((await ask("GET", `${NETWORKS}/twice`)).status, 404);
});

test("what takes a while is under way at the first look", async (t) => {
    const compute = (await ask("POST", NETWORKS, { name: "slow" })).body;
    t.is((await ask("GET", compute.selfLink)).body.status, "RUNNING");
    t.is((await ask("GET", compute.selfLink)).body.status, "DONE");
    const database = { locationId: "europe-west2", type: "FIRESTORE_NATIVE" };
    const long = (await ask("POST", "/v1/projects/p/databases?databaseId=slow", database)).body;
    t.like((await ask("GET", `/v1/${long.name}`)).body, { done: false });
    t.like((await ask("GET", `/v1/${long.name}`)).body, {
        done: true,
        response: { concurrencyMode: "OPTIMISTIC" },
    });
    t.is((await ask("GET", "/v1/projects/p/operations/never")).status, 404);
});

test("a field that cannot change stays", async (t) => {
    const path = "/bigquery/v2/projects/p/datasets";
    const datasetReference = { projectId: "p", datasetId: "d" };
    const made = (await ask("POST", path, { datasetReference })).body;
    t.is(made.location, "US", "Google's default");
    const moved = await ask("PATCH", `${path}/d`, { location: "EU" });
    t.is(moved.status, 400);
    t.regex(moved.body.error.message, /location cannot be changed/);
});

test("of two who change a policy at once, the second has to look again", async (t) => {
    await ask("POST", "/storage/v1/b?project=p", { name: "policies" });
    const bindings = [{ role: "roles/storage.objectViewer", members: ["user:ana@example.org"] }];
    const project = {
        read: () => ask("POST", "/v1/projects/p:getIamPolicy"),
        write: (policy: object) => ask("POST", "/v1/projects/p:setIamPolicy", { policy }),
        conflict: 409,
    };
    const bucket = {
        read: () => ask("GET", "/storage/v1/b/policies/iam"),
        write: (policy: object) => ask("PUT", "/storage/v1/b/policies/iam", policy),
        conflict: 412,
    };
    for (const { read, write, conflict } of [project, bucket]) {
        const { etag } = (await read()).body;
        t.is((await write({ etag, bindings })).status, 200);
        t.is((await write({ etag, bindings })).status, conflict);
        t.deepEqual((await read()).body.bindings, bindings);
    }
    const wrong = (role: string, member: string) =>
        ask("POST", "/v1/projects/p:setIamPolicy", { policy: { bindings: [{ role, members: [member] }] } });
    t.is((await wrong("projects/p/roles/none", "user:ana@example.org")).status, 400);
    t.is((await wrong("roles/viewer", "ana@example.org")).status, 400);
});

test("of a secret only enabled versions are given out", async (t) => {
    await ask("POST", `${SECRETS}?secretId=mine`, { replication: REPLICATION });
    for (const data of ["b25l", "dHdv"]) {
        await ask("POST", `${SECRETS}/mine:addVersion`, { payload: { data } });
    }
    const access = (version: string) => ask("GET", `${SECRETS}/mine/versions/${version}:access`);
    t.is((await access("latest")).body.payload.data, "dHdv");
    t.is((await ask("POST", `${SECRETS}/mine/versions/1:disable`, {})).body.state, "DISABLED");
    const disabled = await access("1");
    t.is(disabled.status, 400);
    t.regex(disabled.body.error.message, /DISABLED state/);
    t.is((await access("3")).status, 404);
});

// biome-ignore lint/suspicious/noExplicitAny: whatever it answers.
async function ask(method: string, path: string, body?: object): Promise<{ status: number; body: any }> {
    const answer = await fetch(google.url + path, { method, body: body && JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
}

function workflow(source: object): object {
    return { serviceAccount: "scheduler@p.iam.gserviceaccount.com", sourceContents: JSON.stringify(source) };
}
