import { setTimeout as sleep } from "node:timers/promises";
import { GoogleError, isMissing } from "../host/google.ts";
import type { GoogleLauncherConfig } from "../sdk/launcherConfig.ts";
import { BucketRecords } from "./bucketRecords.ts";
import { DriverOutput } from "./driverOutput.ts";
import type { Ending, Launcher, Outcome, Run, Submission } from "./launcher.ts";
import { parseEvent } from "./protocol.ts";

/** How often Google is asked, in milliseconds: soon after something was heard, then less and less often. */
const [SOON, SELDOM] = [500, 5_000];

/** How long Google may take to know a job that was submitted, or to deliver the end of its output, in milliseconds. */
const LAG = 30_000;

/** How long a driver may take to end when it is cancelled, in milliseconds. */
const GRACE = 120_000;

/** A service of Google's that runs drivers. */
export interface DriverService {
    /** Starts a driver; the same again where it has been asked for by the same id. */
    submit(id: string, submission: Submission): Promise<void>;
    /** @throws {GoogleError} where there is none, too */
    get(id: string): Promise<RemoteDriver>;
    /** Asks a driver to end; may throw where it has ended. */
    cancel(id: string): Promise<void>;
    /** Ends what the clock has started, and returns when nothing of it is under way. */
    endScheduled(): Promise<void>;
    /** Where people see it. */
    page(id: string): string;
}

export interface RemoteDriver {
    /** Absent while it has not ended. */
    ending?: Ending;
    /** Begins the names of the objects that its output is in; absent before there is any. */
    output?: string;
}

/** A run as its record keeps it. */
interface GoogleRun extends Run {
    /** Google's id of it, which no other attempt at any time has. */
    id: string;
}

/**
 * Runs drivers on Google Cloud. A run is recorded in the stack's bucket before it is submitted, so that it is found
 * again from any machine, whatever happens in between.
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
        // Google never forgets an id, and the same work may be run again: after a failure, or after other work.
        const id = `${runId}-${Math.floor(now.getTime() / 1000).toString(36)}`;
        const run: GoogleRun = { runId, job, startedAt: now.toISOString(), log: this.service.page(id), id };
        await this.service.endScheduled();
        await this.records.write(run);
        try {
            await this.service.submit(id, submission);
        } catch (error) {
            // Refused, as far as is known: nothing runs. Else the run is looked for the next time.
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
            // The clock knows nothing of a deployment, and may start while it runs its jobs.
            await this.service.endScheduled();
            const driver = await this.look(run as GoogleRun);
            if (driver.output && (await output.read(driver.output))) {
                period = SOON;
            }
            if (driver.ending) {
                ended ||= Date.now();
                // What it said last may come later than the news of its end.
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
            // Refused while it is not far enough, or when it has ended meanwhile: both show at the next look.
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

    /** What Google says of a run; one that it does not know either comes soon or was never submitted. */
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
