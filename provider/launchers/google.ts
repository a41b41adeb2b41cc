import { setTimeout as sleep } from "node:timers/promises";
import { GoogleError, isMissing } from "../host/google.ts";
import type { GoogleLauncherConfig } from "../sdk/launcherConfig.ts";
import { BucketRecords } from "./bucketRecords.ts";
import { DriverOutput } from "./driverOutput.ts";
import type { Ending, Launcher, Outcome, Run, Submission } from "./launcher.ts";
import { parseEvent } from "./protocol.ts";

/** Intervals between two requests to Google, in milliseconds: short after new output, then longer and longer. */
const [SOON, SELDOM] = [500, 5_000];

/** Time until Google knows a submitted job, or delivers the end of its output, at most, in milliseconds. */
const LAG = 30_000;

/** Time that a cancelled driver gets to end, in milliseconds. */
const GRACE = 120_000;

/** A Google service that runs drivers. */
export interface DriverService {
    /** Starts a driver. A second call with the same id does not start another one. */
    submit(id: string, submission: Submission): Promise<void>;
    /** @throws {GoogleError} also if there is no such driver */
    get(id: string): Promise<RemoteDriver>;
    /** Asks a driver to end; may throw if it has ended. */
    cancel(id: string): Promise<void>;
    /** Cancels scheduled runs, and returns when none is under way. */
    endScheduled(): Promise<void>;
    /** Address of the driver's page for people. */
    page(id: string): string;
}

export interface RemoteDriver {
    /** The end; absent while the driver runs. */
    ending?: Ending;
    /** Prefix of the names of the objects with its output; absent before there is any. */
    output?: string;
}

/** A run in its record. */
interface GoogleRun extends Run {
    /** Id for Google; no other attempt ever has the same id. */
    id: string;
}

/**
 * Runs drivers on Google Cloud. A run is recorded in the stack's bucket before it is submitted, so that every machine can find it,
 * whatever happens in between.
 */
export class GoogleLauncher implements Launcher {
    private readonly service: DriverService;
    private readonly endpoint: string;
    private readonly records: BucketRecords<GoogleRun>;

    constructor(config: GoogleLauncherConfig, service: DriverService) {
        this.service = service;
        this.endpoint = config.endpoint;
        this.records = new BucketRecords(config);
    }

    find(job: string): Promise<Run | undefined> {
        return this.records.read(job);
    }

    async submit(submission: Submission): Promise<Run> {
        const { runId, job } = submission;
        const now = new Date();
        // Google never accepts an id twice, but the same work may run again: after a failure, or after other work.
        const id = `${runId}-${Math.floor(now.getTime() / 1000).toString(36)}`;
        const run: GoogleRun = { runId, job, startedAt: now.toISOString(), log: this.service.page(id), id };
        await this.service.endScheduled();
        await this.records.write(run);
        try {
            await this.service.submit(id, submission);
        } catch (error) {
            // If Google refused the submission, nothing runs. After any other error, the next deployment looks for the run.
            if (error instanceof GoogleError && error.status < 500) {
                await this.settle(run, { state: "failed", metrics: {}, seconds: 0 });
            }
            throw new Error(`${job} could not be submitted: ${(error as Error).message}`);
        }
        return run;
    }

    async follow(run: Run, onLine: (line: string) => void, signal: AbortSignal): Promise<Ending> {
        let ended = 0;
        let complete = false;
        const output = new DriverOutput(this.endpoint, (line) => {
            complete ||= ["result", "error"].includes(parseEvent(line)?.event ?? "");
            onLine(line);
        });
        for (let period = SOON; ; period = Math.min(period * 1.5, SELDOM)) {
            signal.throwIfAborted();
            // The schedule does not know about deployments and may start a run during one.
            await this.service.endScheduled();
            const driver = await this.look(run as GoogleRun);
            if (driver.output && (await output.read(driver.output))) {
                period = SOON;
            }
            if (driver.ending) {
                ended ||= Date.now();
                // The driver's last output may arrive after the news of its end.
                if (complete || !driver.output || Date.now() > ended + LAG) {
                    output.end();
                    return driver.ending;
                }
            }
            await sleep(period, undefined, { signal }).catch(() => signal.throwIfAborted());
        }
    }

    async cancel(run: Run): Promise<void> {
        const { id } = run as GoogleRun;
        for (const deadline = Date.now() + GRACE; Date.now() < deadline; await sleep(SOON)) {
            const { ending } = await this.look(run as GoogleRun, 0);
            if (ending) {
                return;
            }
            // Google refuses this while the driver is starting and when it has ended; the next check shows which.
            await this.service.cancel(id).catch(() => undefined);
        }
        throw new Error(`${run.job} does not end: ${run.log}`);
    }

    async settle(run: Run, outcome: Outcome): Promise<void> {
        await this.records.write({ ...(run as GoogleRun), outcome });
    }

    forget(job: string): Promise<void> {
        return this.records.remove(job);
    }

    /** Returns the driver of a run. If Google does not know it, it was submitted a moment ago or never. */
    private async look({ id, startedAt }: GoogleRun, lag = LAG): Promise<RemoteDriver> {
        try {
            return await this.service.get(id);
        } catch (error) {
            if (!isMissing(error)) {
                throw error;
            }
            const soon = Date.now() < Date.parse(startedAt) + lag;
            return soon ? {} : { ending: { code: -1, text: "Google Cloud does not know it" } };
        }
    }
}
