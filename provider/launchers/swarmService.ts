import { driverCommand } from "../sdk/swarmDriver.ts";
import type { Submission, SwarmLauncherConfig, SwarmSecret } from "./launcher.ts";

/** Begins the labels by which services are found again. */
export const LABEL = "london-power";

/** Spark's user in our image. */
const USER = "10001";

/** How long a driver may take to stop Spark after SIGTERM, in seconds. */
export const GRACE = 20;

/** The service of a driver: one task, run once, never again. */
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
                User: "spark",
                ReadOnly: true,
                CapabilityDrop: ["ALL"],
                Mounts: [
                    { Type: "volume", Source: config.volume, Target: "/london-power", ReadOnly: true },
                    // Without a name of its own it goes with the container.
                    { Type: "volume", Target: "/tmp" },
                    { Type: "tmpfs", Target: "/run/london-power", TmpfsOptions: { SizeBytes: 1 << 20 } },
                ],
                Secrets: secretsOf(submission, config.secrets).map(({ id, name, file }) => ({
                    SecretID: id,
                    SecretName: name,
                    File: { Name: file, UID: USER, GID: USER, Mode: 0o400 },
                })),
                StopGracePeriod: GRACE * 1e9,
            },
            Resources: { Limits: { MemoryBytes: config.memoryLimit } },
            RestartPolicy: { Condition: "none" },
            Placement: { Constraints: config.constraints },
            Networks: [{ Target: config.network }],
            LogDriver: { Name: "json-file", Options: { "max-size": "50m", "max-file": "2" } },
        },
        Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
        EndpointSpec: { Mode: "dnsrr" },
    };
}

/** A driver gets no secret that it has no use for. */
function secretsOf({ uses }: Submission, secrets: SwarmSecret[]): SwarmSecret[] {
    return secrets.filter(({ login }) => login === undefined || uses.includes(login));
}
