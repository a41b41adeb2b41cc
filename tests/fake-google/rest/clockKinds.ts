import { checkSource } from "../workflows/source.ts";
import { type Collection, NOW, V1 } from "./kinds.ts";

/** What runs by the clock: Cloud Scheduler's jobs, and the two kinds of workflows that they start. */
export const CLOCK_COLLECTIONS: Collection[] = [
    {
        path: `${V1}/(?:regions|locations)/{}/workflowTemplates`,
        id: /^[\w-]{3,50}$/,
        idField: "id",
        list: "templates",
        known: ["id", "jobs", "placement", "labels", "parameters"],
        required: ["jobs", "placement"],
        made: (_given, { path }) => ({ name: path.replace("/v1/", ""), version: 1, createTime: NOW }),
    },
    {
        path: `${V1}/locations/{}/workflows`,
        id: /^[a-zA-Z][\w-]{0,62}[a-zA-Z0-9]$/,
        query: "workflowId",
        operation: "long",
        known: [
            "callLogLevel",
            "cryptoKeyName",
            "description",
            "executionHistoryLevel",
            "labels",
            "serviceAccount",
            "sourceContents",
            "userEnvVars",
        ],
        required: ["serviceAccount", "sourceContents"],
        made({ sourceContents }, { path }) {
            checkSource(sourceContents);
            return {
                name: path.replace("/v1/", ""),
                state: "ACTIVE",
                revisionId: "000001-a1b",
                createTime: NOW,
            };
        },
    },
    {
        path: `${V1}/locations/{}/jobs`,
        id: /./,
        known: [
            "name",
            "description",
            "schedule",
            "timeZone",
            "httpTarget",
            "retryConfig",
            "attemptDeadline",
        ],
        required: ["schedule", "httpTarget.uri"],
        nameOf: (id) => id.split("/").at(-1) as string,
        made: () => ({ state: "ENABLED", userUpdateTime: NOW }),
    },
];
