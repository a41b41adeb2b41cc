import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { demandCredentials } from "../../../components/gcp/credentials.ts";
import { grant } from "../../../components/gcp/grant.ts";
import { folder } from "../../folder.ts";
import { settingsOf } from "./platform.ts";

for (const [key, value, rule] of [
    ["gcp:project", "", "is not set; allowed: a project's id"],
    ["gcp:project", "My_Project", "6 to 30 lower-case letters, digits and hyphens"],
    ["gcp:region", "", "is not set; allowed: a region such as europe-west2"],
    ["gcp:region", "London", "a region such as europe-west2"],
    ["gcp:zone", "europe-west1-b", "a zone of europe-west2, which gcp:region names"],
    ["gcp:zone", "b", "a zone such as europe-west2-b"],
    ["compute", "yarn", "cluster, serverless"],
    ["machineType", "large", "a machine type such as e2-standard-4"],
    ["machineType", "n2-custom-4", "a machine type such as e2-standard-4"],
    ["workbenchMachineType", "e2_standard_2", "or nothing"],
    ["diskGb", "10", "a whole number from 30 to 65536"],
    ["workers", "1", "0 for 2, or 2 and more: neither"],
    ["maxWorkers", "1", "0 for none, or at least the 2 workers"],
    ["idleDelete", "1h", "300s to 1209600s"],
    ["idleDelete", "60s", "300s to 1209600s"],
    ["components", "JUPYTER,SPARK", "Dataproc's optional components"],
    ["imageVersion", "2.2", "an image version with its system"],
    ["serverlessImage", "europe-west2-docker.pkg.dev/p/r/spark:latest", "by version or digest"],
    ["subnetRange", "10.42.0.1/20", "no bit set behind the prefix"],
    ["subnetRange", "8.8.0.0/20", "private addresses"],
    ["subnetRange", "10.42.0.0/8", "from /16 to /26"],
    ["softDeleteDays", "3", "0 or 7 to 90"],
    ["readers", "allUsers", "user:, group: or serviceAccount:"],
    ["readers", "ana@example.org", "user:, group: or serviceAccount:"],
    ["notebookUsers", "user:ana", "and an e-mail address"],
    ["kmsKey", "my-key", "a key's whole name"],
    ["kmsKey", "projects/p/locations/us/keyRings/r/cryptoKeys/k", "a key in europe-west2"],
    ["workbenchIdleMinutes", "5", "a whole number from 10 to 1440"],
    ["labels", "Team=data", "key=value, each of lower-case letters"],
    ["labels", "stack=mine", "labels other than app and stack"],
] as const) {
    test.serial(`${key} = "${value}" is refused with the rule and the command that corrects it`, (t) => {
        const error = t.throws(() => settingsOf({ [key]: value }), { instanceOf: pulumi.RunError });
        const name = key.includes(":") ? key : `london-power:${key}`;
        t.true(error.message.includes(value === "" ? name : `${name} is "`) || /is \d/.test(error.message));
        t.true(error.message.includes(rule), error.message);
        t.regex(error.message, new RegExp(`pulumi config set ${name} '?[^ ]`));
    });
}

test.serial("without a region, no message mentions a zone that nobody has set", (t) => {
    const { message } = t.throws(() => settingsOf({ "gcp:region": "" }), { instanceOf: pulumi.RunError });
    t.regex(message, /gcp:region is not set/);
    t.notRegex(message, /gcp:zone/);
});

for (const [key, value] of [
    ["machineType", "n2-custom-8-16384"],
    ["machineType", "c3d-highmem-8-lssd"],
    ["imageVersion", "2.2.50-ubuntu22"],
    ["labels", "team=data, empty="],
    ["readers", "principalSet://iam.googleapis.com/locations/global/workforcePools/p/group/g"],
    ["gcp:zone", "europe-west2-c"],
] as const) {
    test.serial(`${key} = "${value}" is accepted`, (t) => {
        t.truthy(settingsOf({ [key]: value }));
    });
}

test.serial("settings that only the gcp target needs are not required on other targets", (t) => {
    t.notThrows(() => settingsOf({ target: "local", "gcp:project": "", "gcp:region": "" }));
});

test.serial("a role or a member that IAM would refuse is refused by the program", (t) => {
    const give = (member: string, role: string) => grant("g", member, role, { project: "p" }, parent);
    const parent = new pulumi.ComponentResource("london-power:test:Parent", "parent");
    t.throws(() => give("user:ana@example.org", "roles/owner"), {
        message:
            /the role is "roles\/owner"; allowed: a predefined role such as roles\/storage\.objectViewer/,
    });
    t.throws(() => give("allUsers", "roles/storage.objectViewer"), {
        message: /the member is "allUsers"; allowed: user:/,
    });
    t.notThrows(() => give("user:ana@example.org", "roles/storage.objectViewer"));
});

test.serial("credentials that only the provider would use are refused", (t) => {
    const error = t.throws(() => settingsOf({ "gcp:credentials": "{}" }));
    t.regex(error.message, /GOOGLE_APPLICATION_CREDENTIALS instead.*pulumi config rm gcp:credentials/);
});

test.serial("missing credentials are reported before the first request to Google", (t) => {
    const home = folder(t);
    t.throws(() => demandCredentials({}, home, false), { message: /gcloud auth application-default login/ });
    const named = { GOOGLE_APPLICATION_CREDENTIALS: join(home, "key.json") };
    t.throws(() => demandCredentials(named, home, false), {
        message: /key\.json", but there is no such file/,
    });
    writeFileSync(named.GOOGLE_APPLICATION_CREDENTIALS, "{}");
    t.notThrows(() => demandCredentials(named, home, false));
    t.notThrows(() => demandCredentials({}, home, true));
});
