// The Workbench instance of a stack, without the machine: what its start-up script makes of the metadata and files that it finds.
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { bucketOf } from "../../../provider/host/bucket.ts";
import { projectDir } from "../../../provider/host/tools.ts";
import { driverEnvironment, driverSettings } from "../../fake-google/driver.ts";
import type { Stage } from "./stage.ts";

export interface Workbench {
    /** Runs a copy of a notebook from end to end; the executed notebook. */
    execute(name: string): Promise<string>;
}

/** Does what notebooks/workbench/startup.sh does, but for the packages: those of this machine take their place. */
export async function startWorkbench({ google, project }: Stage): Promise<Workbench> {
    const [instance] = google.collections.matching(/^\/v2\/.*\/instances\/[^/]+$/);
    const { "london-power-files": files, "london-power-environment": environment } =
        instance?.gceSetup.metadata ?? {};
    const folder = project.path("workbench");
    await download(files, google.url, folder);
    symlinkSync(join(projectDir, ".venv-notebook"), join(folder, "venv"));

    const python = join(folder, "venv/bin/python");
    const home = join(folder, "home");
    const kernel = join(home, ".local/share/jupyter/kernels/python3");
    execFileSync(python, [join(folder, "notebooks/workbench/kernel.py"), folder, kernel], {
        input: environment,
    });
    const copies = join(home, "london-power");
    execFileSync(python, [join(folder, "notebooks/deliver.py"), copies]);

    const conf = join(folder, "conf");
    const settings = {
        ...(await driverSettings(google.url, folder)),
        // What a machine of Google's has no need for.
        "spark.londonPower.googleEndpoint": google.url,
    };
    write(join(conf, "spark-defaults.conf"), lines(settings));
    // A secret is looked for where the session says.
    write(
        join(home, ".ipython/profile_default/startup/google.py"),
        "from pyspark.sql import SparkSession\nSparkSession.builder.getOrCreate()\n",
    );
    const env = {
        ...(await driverEnvironment(google.url)),
        HOME: home,
        SPARK_CONF_DIR: conf,
        // JupyterLab of the instance is in no virtual environment: the user's kernel goes before its own.
        JUPYTER_PREFER_ENV_PATH: "0",
    };
    return {
        async execute(name) {
            const output = join(folder, `${name}.executed.ipynb`);
            // The server that it asks is in this process.
            await promisify(execFile)(
                join(folder, "venv/bin/jupyter"),
                ["execute", `--output=${output}`, `${name}.ipynb`],
                { cwd: copies, env },
            );
            return readFileSync(output, "utf8");
        },
    };
}

async function download(uri: string, endpoint: string, folder: string): Promise<void> {
    const { host, pathname } = new URL(uri);
    const prefix = `${pathname.slice(1)}/`;
    const [objects] = await (await bucketOf(host, endpoint)).getFiles({ prefix });
    for (const object of objects) {
        const [content] = await object.download();
        write(join(folder, object.name.slice(prefix.length)), content);
    }
}

function write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
}

function lines(settings: Record<string, string>): string {
    return Object.entries(settings)
        .map(([key, value]) => `${key} ${value}\n`)
        .join("");
}
