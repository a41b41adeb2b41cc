// The tests' view of the engine through the docker command, not through the code that they test.
import { execFileSync, spawnSync } from "node:child_process";
import { until } from "../project.ts";

/** Returns the output of a docker command, without the last line end. */
export function docker(...words: string[]): string {
    return execFileSync("docker", words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trimEnd();
}

/** The lines that a docker command says. */
export function dockerLines(...words: string[]): string[] {
    return docker(...words)
        .split("\n")
        .filter((line) => line !== "");
}

/** The settings that a swarm on this machine needs beside the defaults, as set-up has found. */
export function machineSettings(): Record<string, string> {
    const lines = execFileSync("tools/machine.sh", { encoding: "utf8" }).split("\n");
    return Object.fromEntries(lines.filter((line) => line !== "").map((line) => line.split(" ")));
}

/** Containers of a service that run, by id. */
export function containersOf(service: string): string[] {
    return dockerLines("ps", "--quiet", "--filter", `label=com.docker.swarm.service.name=${service}`).sort();
}

/** The container of a service that has one: during an update that which stays, once the other has been told to end. */
export async function containerOf(service: string): Promise<string> {
    const filter = "desired-state=running";
    const tasks = () => dockerLines("service", "ps", "--quiet", "--no-trunc", "--filter", filter, service);
    const container = () =>
        docker("inspect", "--format", "{{.Status.ContainerStatus.ContainerID}}", ...tasks());
    await until(
        `one container of ${service}`,
        () => tasks().length === 1 && /^[0-9a-f]{64}$/.test(container()),
    );
    return container();
}

/** Those of them that say that they do their work. */
export function healthy(service: string): string[] {
    const filters = [`label=com.docker.swarm.service.name=${service}`, "health=healthy"];
    return dockerLines("ps", "--quiet", ...filters.flatMap((filter) => ["--filter", filter]));
}

/** All that a stack has on the engine, by kind; its images are kept. */
export function leftOf(stack: string): Record<string, string[]> {
    const named = (kind: string, format = "{{.Name}}") =>
        dockerLines(kind, "ls", "--format", format).filter((name) => name.includes(stack));
    return {
        services: named("service"),
        networks: named("network"),
        containers: dockerLines("ps", "--all", "--format", "{{.Names}}").filter((name) =>
            name.includes(stack),
        ),
        // These have names of Pulumi's making, without the stack.
        secrets: dockerLines("secret", "ls", "--format", "{{.Name}}"),
        configs: dockerLines("config", "ls", "--format", "{{.Name}}"),
        volumes: dockerLines("volume", "ls", "--quiet"),
    };
}

/** Removes what a test that was killed has left of a stack: the next one needs the names. */
export async function removeLeft(stack: string): Promise<void> {
    await until(`an engine without ${stack}`, () => {
        const { services = [], networks = [], containers = [], volumes = [] } = leftOf(stack);
        const named = volumes.filter((name) => name.includes(stack));
        // What is still in use is refused, and tried again.
        if (services.length + networks.length > 0) {
            spawnSync("docker", ["stack", "rm", stack]);
        }
        if (containers.length > 0) {
            spawnSync("docker", ["rm", "--force", "--volumes", ...containers]);
        }
        if (named.length > 0) {
            spawnSync("docker", ["volume", "rm", "--force", ...named]);
        }
        return services.length + networks.length + containers.length + named.length === 0;
    });
}

/** Addresses beyond the loopback ones on which the engine listens, for itself or for containers. Only root sees whose they are. */
export function openPorts(): string[] {
    return execFileSync("ss", ["-ltnpH"], { encoding: "utf8" })
        .trimEnd()
        .split("\n")
        .filter((line) => line.includes("docker"))
        .map((line) => line.split(/\s+/)[3] ?? "")
        .filter((address) => !/^(127\.|\[::1\])/.test(address))
        .sort();
}

/** Removes a secret, once no task of a service holds on to it. */
export function removesSecret(secret: string): boolean {
    try {
        docker("secret", "rm", secret);
        return true;
    } catch {
        return false;
    }
}
