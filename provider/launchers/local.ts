import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { readJson, writeAtomically } from "../host/files.ts";
import { identify, isAlive, type ProcessId, stop } from "../host/process.ts";
import { tailLines } from "../host/tail.ts";
import { javaHome, projectDir, sparkArchiveOptions, sparkHome, venvCommand } from "../host/tools.ts";
import type { Ending, Launcher, LocalLauncherConfig, Outcome, Run, Submission } from "./launcher.ts";

/** How long a driver may take to stop Spark after SIGTERM, in milliseconds. */
const GRACE = 10_000;

/** A run as its record file keeps it. */
interface LocalRun extends Run {
    process: ProcessId;
}

/**
 * Runs drivers as processes of this machine, Spark in local mode. A job's newest run is kept in `<runsDir>/<job>.json`,
 * its log in `<runsDir>/<runId>.log`. A driver is the leader of its own process group, so that Ctrl-C in a terminal
 * reaches it only through the provider, and writes to a file, so that it does not depend on the provider's life.
 */
export class LocalLauncher implements Launcher {
    /** How the drivers ended that this process started; only their parent sees it. */
    private readonly endings = new Map<number, Promise<Ending>>();
    private readonly config: LocalLauncherConfig;

    constructor(config: LocalLauncherConfig) {
        this.config = config;
    }

    find(job: string): Promise<Run | undefined> {
        return readJson<LocalRun>(this.record(job));
    }

    async submit(submission: Submission): Promise<Run> {
        const { runsDir, scratchDir } = this.config;
        await mkdir(runsDir, { recursive: true });
        await mkdir(scratchDir, { recursive: true });
        const [command, env] = [venvCommand("spark-submit"), await environment()];
        const log = join(runsDir, `${submission.runId}.log`);
        const output = await open(log, "w");
        const driver = spawn(command, commandLine(submission, this.config, await sparkArchiveOptions()), {
            cwd: projectDir,
            env,
            detached: true,
            stdio: ["ignore", output.fd, output.fd],
        });
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
        await this.save(run);
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
        await this.save({ ...(run as LocalRun), outcome });
    }

    async forget(job: string): Promise<void> {
        const run = await this.find(job);
        if (run) {
            await rm(run.log, { force: true });
        }
        await rm(this.record(job), { force: true });
    }

    private save(run: LocalRun): Promise<void> {
        return writeAtomically(this.record(run.job), JSON.stringify(run, null, 2));
    }

    private record(job: string): string {
        return join(this.config.runsDir, `${job}.json`);
    }
}

/** Arguments of `spark-submit`. */
function commandLine(submission: Submission, config: LocalLauncherConfig, javaOptions: string): string[] {
    const conf: Record<string, string> = {
        // Nothing of a local run listens beyond the loopback address; its progress shows in Pulumi's display instead.
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.local.dir": config.scratchDir,
        ...(javaOptions && { "spark.driver.defaultJavaOptions": javaOptions }),
        ...submission.conf,
    };
    return [
        ...[
            "--master",
            `local[${config.cores || "*"}]`,
            "--driver-memory",
            config.memory,
            "--name",
            submission.runId,
        ],
        ...Object.entries(conf).flatMap(([key, value]) => ["--conf", `${key}=${value}`]),
        ...[submission.script, ...submission.args, "--run", submission.runId],
    ];
}

/** No more than a driver needs: the engine's environment holds the stack's passphrase. */
async function environment(): Promise<NodeJS.ProcessEnv> {
    const { PATH, HOME, LANG, TMPDIR } = process.env;
    return {
        ...{ PATH, HOME, LANG, TMPDIR },
        JAVA_HOME: await javaHome(),
        SPARK_HOME: await sparkHome(),
        PYSPARK_PYTHON: venvCommand("python"),
        PYTHONPATH: join(projectDir, "jobs/pyspark"),
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
