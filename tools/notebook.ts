// notebook.ts STACK [COMMAND…]: opens JupyterLab on a stack's lake and documents, or runs a command in the environment of its
// notebooks, such as `jupyter execute …`. If the platform has its own Jupyter, it prints the address. Runs in the environment of
// env.sh, after `setup.sh STACK notebook`.
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { javaHome, projectDir, sparkArchiveOptions, sparkHome } from "../provider/host/tools.ts";
import { outputsOf } from "./outputs.ts";

const [stack = "local", ...asked] = process.argv.slice(2);
const { notebook, endpoints, logins } = outputsOf(stack);
if (notebook) {
    await open(notebook);
} else {
    console.log(`JupyterLab of stack ${stack}: ${endpoints.workbench ?? endpoints.jupyter}
${
    logins
        ? `Its token is the output logins.jupyterToken: pulumi stack output logins --show-secrets --stack ${stack}`
        : "Google asks who you are."
}`);
}

/** Runs JupyterLab on this machine. The user's copies of the notebooks outlive the stack. */
async function open(settings: Record<string, string>): Promise<void> {
    const venv = join(projectDir, ".venv-notebook/bin");
    if (!existsSync(venv)) {
        throw new Error(`${venv} is missing: Jupyter is not set up here; run \`make notebook\``);
    }
    const folder = join(projectDir, ".london-power/notebooks");
    execFileSync(join(venv, "python"), [join(projectDir, "notebooks/deliver.py"), folder]);
    const [command, ...words] = asked.length > 0 ? asked : ["jupyter", ...lab(folder)];
    const jupyter = spawn(command as string, words, {
        stdio: "inherit",
        cwd: folder,
        env: {
            ...withoutPulumi(process.env),
            ...settings,
            PATH: [venv, process.env.PATH].join(delimiter),
            JAVA_HOME: await javaHome(),
            SPARK_HOME: await sparkHome(),
            PYSPARK_PYTHON: join(venv, "python"),
            PYTHONPATH: join(projectDir, "jobs/pyspark"),
            SPARK_SUBMIT_OPTS: await sparkArchiveOptions(),
            // Spark's own page is open to this machine only.
            SPARK_LOCAL_IP: "127.0.0.1",
        },
    });
    // Jupyter gets Ctrl-C from the terminal as well, and asks for confirmation.
    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => jupyter.kill());
    jupyter.on("exit", (code) => {
        process.exitCode = code ?? 1;
    });
}

/** Returns the arguments of Jupyter, which generates a token and prints an address that contains it. */
function lab(folder: string): string[] {
    const root = process.getuid?.() === 0 ? ["--allow-root"] : [];
    return ["lab", "--ServerApp.ip=127.0.0.1", `--ServerApp.root_dir=${folder}`, ...root];
}

/** Returns the environment without the passphrase of the stack's secrets, which notebooks do not need. */
function withoutPulumi(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("PULUMI_")));
}
