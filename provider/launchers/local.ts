import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { identify, isAlive, type ProcessId, stop } from "../host/process.ts";
import { tailLines } from "../host/tail.ts";
import { javaHome, projectDir, sparkArchiveOptions, sparkHome, venvCommand } from "../host/tools.ts";
import { isInWorkspace, requireWorkspace } from "../host/workspace.ts";
import type { LocalLauncherConfig } from "../sdk/launcherConfig.ts";
import type { Work } from "../sdk/work.ts";
import type { Ending, Launcher, Outcome, Run, Submission } from "./launcher.ts";
import { endScheduler } from "./localScheduler.ts";
import { FolderRecords } from "./records.ts";

/** Time that a driver gets to stop Spark after SIGTERM, in milliseconds. */
const GRACE = 10_000;

/** Folder of the scripts and of the package that they share. */
export const SCRIPTS = join(projectDir, "jobs/pyspark");

/** A run in its record file. */
interface LocalRun extends Run {
    process: ProcessId;
}

/**
 * Runs drivers as processes of this machine, with Spark in local mode. `<runsDir>/<job>.json` records a job's newest run,
 * `<runsDir>/<runId>.log` is its log. A driver leads its own process group, so that Ctrl-C in a terminal reaches it only
 * through the provider. It writes to a file, so that it can outlive the provider.
 */
export class LocalLauncher implements Launcher {
    /** The ends of the drivers that this process started; only the parent process sees them. */
    private readonly endings = new Map<number, Promise<Ending>>();
    private readonly config: LocalLauncherConfig;
    private readonly records: FolderRecords<LocalRun>;

    constructor(config: LocalLauncherConfig) {
        this.config = config;
        this.records = new FolderRecords(config.runsDir);
    }

    find(job: string): Promise<Run | undefined> {
        return this.records.read(job);
    }

    async submit(submission: Submission): Promise<Run> {
        const { runsDir, scratchDir, scheduleDir } = this.config;
        await requireWorkspace(runsDir, scratchDir, scheduleDir);
        await endScheduler(scheduleDir);
        await mkdir(scratchDir, { recursive: true });
        const [command, env] = [venvCommand("spark-submit"), await driverEnvironment(SCRIPTS)];
        const log = await this.records.newLog(submission.runId);
        const output = await open(log, "w");
        const args = [
            ...driverArguments(submission, submission.runId, this.config, await sparkArchiveOptions()),
            "--run",
            submission.runId,
        ];
        const stdio: StdioOptions = ["ignore", output.fd, output.fd];
        const driver = spawn(command, args, { cwd: projectDir, env, detached: true, stdio });
        const ending = endingOf(driver);
        try {
            await new Promise((resolve, reject) => driver.once("spawn", resolve).once("error", reject));
        } finally {
            await output.close();
        }
        const process = await identify(driver.pid as number);
        this.endings.set(process.pid, ending);
        const { runId, job } = submission;
        const run: LocalRun = { runId, job, startedAt: new Date().toISOString(), log, process };
        await this.records.write(run);
        return run;
    }

    async follow(run: Run, onLine: (line: string) => void, signal: AbortSignal): Promise<Ending> {
        const { process, log } = run as LocalRun;
        const ending = this.endings.get(process.pid);
        let ended: Ending | undefined;
        ending?.then((value) => {
            ended = value;
        });
        const finished = async () => (ending ? ended !== undefined : !(await isAlive(process)));
        await tailLines(log, onLine, finished, signal);
        return ended ?? { text: "ended while nobody watched" };
    }

    async cancel(run: Run): Promise<void> {
        await stop((run as LocalRun).process, GRACE);
    }

    async settle(run: Run, outcome: Outcome): Promise<void> {
        await this.records.write({ ...(run as LocalRun), outcome });
    }

    async forget(job: string): Promise<void> {
        if (await isInWorkspace(this.config.runsDir)) {
            await this.records.remove(job);
        }
    }
}

/** The arguments of `spark-submit` for a driver, without `--run`. */
export function driverArguments(
    { script, args, conf: own }: Work,
    name: string,
    config: LocalLauncherConfig,
    javaOptions: string,
): string[] {
    const conf: Record<string, string> = {
        // A local run listens on the loopback address only; Pulumi's display shows its progress.
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        // Every user of the machine can connect to that address. In local mode Spark generates the secret itself.
        "spark.authenticate": "true",
        "spark.local.dir": config.scratchDir,
        ...(javaOptions && { "spark.driver.defaultJavaOptions": javaOptions }),
        ...own,
    };
    return [
        "--master",
        `local[${config.cores || "*"}]`,
        "--driver-memory",
        config.memory,
        "--name",
        name,
        ...Object.entries(conf).flatMap(([key, value]) => ["--conf", `${key}=${value}`]),
        script,
        ...args,
    ];
}

/**
 * Returns only the variables that a driver needs, because the engine's environment contains the stack's passphrase.
 *
 * @param scripts folder of the scripts and of the package that they share
 */
export async function driverEnvironment(scripts: string): Promise<NodeJS.ProcessEnv> {
    const { PATH, HOME, LANG, TMPDIR } = process.env;
    return {
        PATH,
        HOME,
        LANG,
        TMPDIR,
        JAVA_HOME: await javaHome(),
        SPARK_HOME: await sparkHome(),
        PYSPARK_PYTHON: venvCommand("python"),
        PYTHONPATH: scripts,
        SPARK_LOCAL_IP: "127.0.0.1",
    };
}

function endingOf(driver: ChildProcess): Promise<Ending> {
    return new Promise((resolve) => {
        driver.once("exit", (code, signal) =>
            resolve(
                code === null
                    ? { code: -1, text: `killed by ${signal}` }
                    : { code, text: `exit code ${code}` },
            ),
        );
    });
}
