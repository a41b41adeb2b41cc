import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project.ts";
import { docker, dockerLines } from "./docker.ts";

/** Everything that can be read without a secret file being opened, by what it is. A job should be under way.
 *
 * @param login the gateway's, as a header */
export async function placesWithoutSecrets(
    project: Project,
    sparkPort: number,
    login: Record<string, string>,
): Promise<Record<string, string>> {
    return {
        state: readdirSync(project.path("state"), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
            .join(),
        services: docker("service", "inspect", ...dockerLines("service", "ls", "--quiet")),
        containers: docker("inspect", ...dockerLines("ps", "--all", "--quiet")),
        configs: docker("config", "inspect", ...dockerLines("config", "ls", "--quiet")),
        images: docker(
            "inspect",
            ...dockerLines("images", "--quiet", "--filter", "reference=london-power-*"),
        ),
        "the images' history": dockerLines("images", "--quiet", "--filter", "reference=london-power-*")
            .map((id) => docker("history", "--no-trunc", id))
            .join(),
        logs: dockerLines("ps", "--quiet")
            .map((id) => shell(`docker logs ${id} 2>&1`))
            .join(),
        runs: readdirSync(join(project.workspace, "runs"))
            .map((name) => readFileSync(join(project.workspace, "runs", name), "utf8"))
            .join(),
        "command lines": shell("cat /proc/[0-9]*/cmdline 2>/dev/null || true"),
        environments: shell("cat /proc/[0-9]*/environ 2>/dev/null || true"),
        ...(await sparkPages(sparkPort, login)),
    };
}

/** The master's page, and of an application that runs the pages with what it was started with. */
async function sparkPages(port: number, headers: Record<string, string>): Promise<Record<string, string>> {
    const page = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).text();
    const [application] = JSON.parse(await page("/json/")).activeapps;
    if (!application) {
        throw new Error("no Spark application is under way");
    }
    const environment = await page(`/proxy/${application.id}/environment/`);
    if (!environment.includes("spark.app.id")) {
        throw new Error(`this is not the environment's page: ${environment.slice(0, 300)}`);
    }
    return {
        "the master's page": await page("/"),
        "the environment's page": environment,
        "the executors' page": await page(`/proxy/${application.id}/executors/`),
    };
}

function shell(command: string): string {
    return execFileSync("sh", ["-c", command], { encoding: "latin1", maxBuffer: 1 << 28 });
}
