// The functions of Google's provider, which create no resource.
import type { AnyFunction } from "../../../provider/rpc/functions.ts";
import { FakeGoogleClient } from "./client.ts";
import { PROJECT, type Thing } from "./types.ts";

/** By token; each asks for the project's own, by Google's own path. */
export function functionsOf(google: string): Record<string, AnyFunction> {
    const client = new FakeGoogleClient(google);
    const asking = (path: string, answer: (said: Thing) => Thing) => async () => ({
        id: path,
        project: PROJECT,
        ...answer(await client.send("GET", path)),
    });
    return {
        "gcp:organizations/getProject:getProject": asking(
            `/v1/projects/${PROJECT}`,
            ({ projectId, projectNumber }) => ({ projectId, number: projectNumber }),
        ),
        "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": asking(
            `/storage/v1/projects/${PROJECT}/serviceAccount`,
            ({ email_address }) => ({ emailAddress: email_address }),
        ),
        "gcp:bigquery/getDefaultServiceAccount:getDefaultServiceAccount": asking(
            `/bigquery/v2/projects/${PROJECT}/serviceAccount`,
            ({ email }) => ({ email }),
        ),
    };
}
