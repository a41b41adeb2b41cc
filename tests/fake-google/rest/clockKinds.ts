import { type Collection, NOW, V1 } from "./kinds.ts";

/** What runs by the clock: Cloud Scheduler's jobs, and the workflows that they start. */
export const CLOCK_COLLECTIONS: Collection[] = [
    {
        ...{
            path: `${V1}/(?:regions|locations)/{}/workflowTemplates`,
            id: /^[\w-]{3,50}$/,
            idField: "id",
            list: "templates",
        },
        ...{ known: ["id", "jobs", "placement", "labels", "parameters"], required: ["jobs", "placement"] },
        made: (_given, { path }) => ({ name: path.replace("/v1/", ""), version: 1, createTime: NOW }),
    },
    {
        ...{ path: `${V1}/locations/{}/jobs`, id: /./ },
        ...{
            known: [
                "name",
                "description",
                "schedule",
                "timeZone",
                "httpTarget",
                "retryConfig",
                "attemptDeadline",
            ],
        },
        ...{ required: ["schedule", "httpTarget.uri"], nameOf: (id) => id.split("/").at(-1) as string },
        made: () => ({ state: "ENABLED", userUpdateTime: NOW }),
    },
];
