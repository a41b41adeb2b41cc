import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { javaHome, sparkArchiveOptions, sparkHome, venvCommand } from "../../provider/host/tools.ts";
import type { Storage } from "./storage.ts";

/** A PySpark application as Dataproc is given it. */
export interface Pyspark {
    mainPythonFileUri: string;
    pythonFileUris?: string[];
    args?: string[];
}

const CONNECTOR = join(import.meta.dirname, "lib/gcs-connector.jar");
/** After this many bytes a driver's output goes on in another object. Google's are larger. */
const PART = 16 * 1024;
/** How often the output is brought to the bucket, in milliseconds. */
const PERIOD = 300;

/** Runs a driver with Spark in local mode, its output in objects of a bucket as Dataproc does. */
export class Driver {
    /** Resolves with what became of it; its last output follows a moment later, as it may with Google. */
    readonly ended: Promise<{ code: number | null; cancelled: boolean }>;
    private readonly process: ChildProcess;
    private cancelled = false;

    private constructor(process: ChildProcess, folder: string) {
        this.process = process;
        this.ended = new Promise((resolve) =>
            process.once("exit", (code) => {
                rmSync(folder, { recursive: true, force: true });
                resolve({ code, cancelled: this.cancelled });
            }),
        );
    }

    /**
     * @param google base URL of the whole server
     * @param output bucket and beginning of the names of the objects
     */
    static async start(
        google: string,
        storage: Storage,
        application: Pyspark,
        properties: Record<string, string>,
        output: { bucket: string; prefix: string },
    ): Promise<Driver> {
        const folder = mkdtempSync(join(tmpdir(), "london-power-driver-"));
        const conf = { ...properties, ...(await driverSettings(google, folder)) };
        const { mainPythonFileUri, pythonFileUris = [], args = [] } = application;
        const words = [
            "--master",
            "local[2]",
            "--py-files",
            pythonFileUris.join(","),
            ...Object.entries(conf).flatMap(([key, value]) => ["--conf", `${key}=${value}`]),
            mainPythonFileUri,
            ...args,
        ];
        const child = spawn(venvCommand("spark-submit"), words, {
            cwd: folder,
            env: await driverEnvironment(google),
            detached: true,
            stdio: ["ignore", "pipe", "pipe"],
        });
        const driver = new Driver(child, folder);
        void collect(child, storage, output);
        return driver;
    }

    cancel(): void {
        this.cancelled = true;
        try {
            process.kill(-(this.process.pid as number), "SIGTERM");
        } catch {
            // It has ended meanwhile.
        }
    }
}

/** What Spark has to be told to find the server in Google's place. */
export async function driverSettings(google: string, folder: string): Promise<Record<string, string>> {
    return {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": folder,
        "spark.driver.defaultJavaOptions": await sparkArchiveOptions(),
        "spark.hadoop.fs.gs.impl": "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem",
        "spark.hadoop.fs.AbstractFileSystem.gs.impl": "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS",
        "spark.hadoop.fs.gs.storage.root.url": `${google}/`,
        "spark.hadoop.fs.gs.project.id": "fake",
        "spark.hadoop.google.cloud.auth.null.enable": "true",
        "spark.hadoop.google.cloud.auth.service.account.enable": "false",
    };
}

export async function driverEnvironment(google: string): Promise<NodeJS.ProcessEnv> {
    const { PATH, HOME } = process.env;
    return {
        PATH,
        HOME,
        LANG: "C.UTF-8",
        SPARK_LOCAL_IP: "127.0.0.1",
        JAVA_HOME: await javaHome(),
        SPARK_HOME: await sparkHome(),
        PYSPARK_PYTHON: venvCommand("python"),
        // Where clients of Google's other than the connector find the storage: pyarrow, in Spark's Python workers.
        STORAGE_EMULATOR_HOST: google,
        // Behind Spark's own jars, so that the archive of their classes still holds.
        SPARK_DIST_CLASSPATH: CONNECTOR,
    };
}

/** Brings what a driver says to the bucket while it runs, and what is left when it has ended. */
async function collect(
    child: ChildProcess,
    storage: Storage,
    { bucket, prefix }: { bucket: string; prefix: string },
): Promise<void> {
    let said = Buffer.alloc(0);
    let running = true;
    for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (data) => {
            said = Buffer.concat([said, data]);
        });
    }
    child.once("close", () => {
        running = false;
    });
    let written = 0;
    for (; running || written < said.length; await sleep(PERIOD)) {
        while (written < said.length) {
            // A part that was not full is written again, longer: more may have come meanwhile.
            const part = Math.floor(written / PART);
            const content = said.subarray(part * PART, (part + 1) * PART);
            await storage.write(bucket, `${prefix}.${`${part}`.padStart(9, "0")}`, content);
            written = part * PART + content.length;
        }
    }
}
