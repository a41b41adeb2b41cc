import type { SwarmLauncherConfig, SwarmSecret } from "../sdk/launcherConfig.ts";
import {
    HARDENED,
    type Mount,
    mountsOf,
    PROJECT_FOLDER,
    SECRET_MODE,
    SPARK_SCRATCH,
    SPARK_UID,
} from "../sdk/swarmContainer.ts";
import { driverCommand } from "../sdk/swarmDriver.ts";
import type { Submission } from "./launcher.ts";

/** Prefix of the labels by which services are found again. */
export const LABEL = "london-power";

/** Time that a driver gets to stop Spark after SIGTERM, in seconds. */
export const GRACE = 20;

/** The service of a driver: one task that runs once. */
export function serviceSpec(submission: Submission, config: SwarmLauncherConfig, startedAt: string): object {
    const { runId, job } = submission;
    const labels = { stack: config.stack, job, run: runId, "started-at": startedAt };
    return {
        Name: `${config.stack}-${runId}`,
        Labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${LABEL}.${key}`, value])),
        TaskTemplate: {
            ContainerSpec: {
                Image: config.image,
                Args: [...driverCommand(submission, runId, config), "--run", runId],
                ReadOnly: HARDENED.readOnly,
                CapabilityDrop: HARDENED.capDrops,
                Mounts: mountsOf({
                    volumes: { [PROJECT_FOLDER]: config.volume, ...SPARK_SCRATCH.volumes },
                    readOnlyVolumes: [PROJECT_FOLDER],
                    memoryFolders: SPARK_SCRATCH.memoryFolders,
                }).map(mount),
                Secrets: secretsOf(submission, config).map(secretFile),
                StopGracePeriod: GRACE * 1e9,
            },
            Resources: { Limits: { MemoryBytes: config.memoryLimit } },
            RestartPolicy: { Condition: "none" },
            Placement: { Constraints: config.constraints },
            Networks: [{ Target: config.network }],
            LogDriver: {
                Name: HARDENED.logDriver.name,
                // The whole output of a driver is read at its end.
                Options: { ...HARDENED.logDriver.options, "max-size": "50m" },
            },
        },
        Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
        EndpointSpec: { Mode: "dnsrr" },
    };
}

/** A driver gets only the secrets that it uses. */
function secretsOf({ job, uses }: Submission, { secrets, logins }: SwarmLauncherConfig): SwarmSecret[] {
    return secrets.concat(
        uses.map((login) => {
            const secret = logins[login];
            if (!secret) {
                throw new Error(
                    `job ${job} uses the login ${login}; there are ${Object.keys(logins).join(", ")}`,
                );
            }
            return secret;
        }),
    );
}

function secretFile({ id, name, file }: SwarmSecret): object {
    const owner = `${SPARK_UID}`;
    return {
        SecretID: id,
        SecretName: name,
        File: { Name: file, UID: owner, GID: owner, Mode: SECRET_MODE },
    };
}

function mount({ type, target, source, readOnly }: Mount<string>): object {
    return { Type: type, Target: target, Source: source, ReadOnly: readOnly };
}
