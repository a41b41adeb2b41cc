import { open, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DockerEngine, isGone } from "../host/docker.ts";
import { logLines } from "../host/dockerLog.ts";
import { writeAtomically } from "../host/files.ts";
import { tailLines } from "../host/tail.ts";
import type { SwarmLauncherConfig } from "../sdk/launcherConfig.ts";
import type { Ending, Launcher, Outcome, Run, Submission } from "./launcher.ts";
import { FolderRecords } from "./records.ts";
import { endScheduler } from "./swarmScheduler.ts";
import { GRACE, LABEL, serviceSpec } from "./swarmService.ts";
import { endingOf, isStarting, type Task, waitingFor } from "./swarmTask.ts";

/** Interval between two checks of a driver's task, in milliseconds. */
const PERIOD = 500;

/** Time that a driver may wait for a node with room for it, in milliseconds. */
const PLACEMENT = 300_000;

/** Time that the containers of a removed service get to end, in milliseconds. */
const REMOVAL = 60_000;

/** Time from the assignment of a node to the start of the container, at most, in milliseconds. */
const START = 10_000;

/** A run in its record file. */
interface SwarmRun extends Run {
    service: string;
}

interface Service {
    ID: string;
    Spec: { Labels: Record<string, string> };
}

/**
 * Runs drivers as one-shot services of a swarm, because only services get its secrets. Labels with the job and the run make a
 * service identifiable even if this machine has lost its record. A service is removed after its end, and its log is kept.
 */
export class SwarmLauncher implements Launcher {
    private readonly engine: DockerEngine;
    private readonly config: SwarmLauncherConfig;
    private readonly records: FolderRecords<SwarmRun>;

    constructor(config: SwarmLauncherConfig) {
        this.config = config;
        this.records = new FolderRecords(config.runsDir);
        this.engine = new DockerEngine(config.host);
    }

    async find(job: string): Promise<Run | undefined> {
        const record = await this.records.read(job);
        if (record) {
            return record;
        }
        const [service] = await this.services(job);
        return service && this.runOf(service);
    }

    async submit(submission: Submission): Promise<Run> {
        const { runId, job } = submission;
        await endScheduler(this.engine, this.config.stack);
        await this.removeServices(job);
        const startedAt = new Date().toISOString();
        const log = await this.records.newLog(runId);
        const created = await this.engine.post<{ ID: string }>(
            "/services/create",
            serviceSpec(submission, this.config, startedAt),
        );
        const run: SwarmRun = { runId, job, startedAt, log, service: created?.ID as string };
        await this.records.write(run);
        return run;
    }

    async follow(run: Run, onLine: (line: string) => void, signal: AbortSignal): Promise<Ending> {
        const { service, log } = run as SwarmRun;
        let shown = 0;
        const show = (line: string) => {
            shown++;
            onLine(line);
        };
        const listening = new AbortController();
        const stop = () => listening.abort();
        signal.addEventListener("abort", stop, { once: true });
        // The engine keeps waiting for further tasks, so we have to check for the end.
        const live = this.streamLog(service, log, show, listening.signal);
        try {
            const ending = await this.waitForEnd(service, signal);
            stop();
            await live;
            // The lines that the stream has not delivered yet; the log of one task always has the same order.
            const all = await this.wholeLog(service);
            await writeAtomically(log, all.map((line) => `${line}\n`).join(""));
            all.slice(shown).forEach(onLine);
            return ending;
        } catch (error) {
            signal.throwIfAborted();
            if (!isGone(error)) {
                throw error;
            }
            // The service was removed, by hand or after its end: this machine's log has all the output that is left.
            stop();
            await live;
            const lines: string[] = [];
            const read = tailLines(
                log,
                (line) => lines.push(line),
                async () => true,
                signal,
            );
            await read.catch(() => undefined);
            lines.slice(shown).forEach(onLine);
            return { text: "its service is gone" };
        } finally {
            stop();
            signal.removeEventListener("abort", stop);
        }
    }

    async cancel(run: Run): Promise<void> {
        await this.remove((run as SwarmRun).service);
    }

    async settle(run: Run, outcome: Outcome): Promise<void> {
        await this.records.write({ ...(run as SwarmRun), outcome });
        await this.remove((run as SwarmRun).service);
    }

    async forget(job: string): Promise<void> {
        await this.removeServices(job);
        await this.records.remove(job);
        // The last job removes the stack's folder, unless it contains other files.
        for (const folder of [this.config.runsDir, dirname(this.config.runsDir)]) {
            await rmdir(folder).catch(() => undefined);
        }
    }

    private async streamLog(
        service: string,
        path: string,
        onLine: (line: string) => void,
        signal: AbortSignal,
    ): Promise<void> {
        try {
            const query = "follow=true&stdout=true&stderr=true";
            const stream = await this.engine.stream(`/services/${service}/logs?${query}`, signal);
            // The stream begins with the first line. Without a stream, the lines of an earlier one stay.
            const file = await open(path, "w");
            try {
                for await (const line of logLines(stream)) {
                    await file.write(`${line}\n`);
                    onLine(line);
                }
            } finally {
                await file.close();
            }
        } catch {
            // Stopped on purpose or interrupted: the rest is fetched at the end.
        }
    }

    private async wholeLog(service: string): Promise<string[]> {
        const stream = await this.engine.stream(`/services/${service}/logs?stdout=true&stderr=true`);
        const lines: string[] = [];
        for await (const line of logLines(stream)) {
            lines.push(line);
        }
        return lines;
    }

    private async waitForEnd(service: string, signal: AbortSignal): Promise<Ending> {
        for (let waiting = Date.now() + PLACEMENT; ; await sleep(PERIOD)) {
            signal.throwIfAborted();
            const [task] = await this.engine.get<Task[]>("/tasks", { service: [service] });
            const ending = task && endingOf(task);
            if (ending) {
                return ending;
            }
            const reason = task && waitingFor(task);
            if (task && !reason) {
                waiting = Date.now() + PLACEMENT;
            } else if (Date.now() > waiting) {
                return { code: -1, text: `not started within ${PLACEMENT / 60_000} minutes: ${reason}` };
            }
            if (!task) {
                // There is no task yet, or no service any more, which raises its own error.
                await this.engine.get(`/services/${service}`);
            }
        }
    }

    /** Removes a service and its containers: the engine leaves the containers of a job, even while they run (20.10). */
    private async remove(service: string): Promise<void> {
        await this.untilStarted(service);
        await this.engine.delete(`/services/${service}`);
        const filters = { label: [`com.docker.swarm.service.id=${service}`] };
        const query = `all=true&filters=${encodeURIComponent(JSON.stringify(filters))}`;
        for (const deadline = Date.now() + REMOVAL; Date.now() < deadline; await sleep(PERIOD)) {
            const containers = await this.engine.get<{ Id: string; State: string }[]>(
                `/containers/json?${query}`,
            );
            if (containers.length === 0) {
                return;
            }
            for (const { Id, State } of containers) {
                if (State === "running") {
                    await this.engine.post(`/containers/${Id}/stop?t=${GRACE}`).catch(unlessGone);
                }
                await this.engine.delete(`/containers/${Id}?v=true`);
            }
        }
        throw new Error(`the containers of the service ${service} do not end`);
    }

    /** Waits until no task is about to start a container, which would otherwise start after the service was removed. */
    private async untilStarted(service: string): Promise<void> {
        for (const deadline = Date.now() + START; Date.now() < deadline; await sleep(PERIOD)) {
            const tasks = await this.engine.get<Task[]>("/tasks", { service: [service] }).catch(() => []);
            if (!tasks.some(isStarting)) {
                return;
            }
        }
    }

    private async removeServices(job: string): Promise<void> {
        for (const { ID } of await this.services(job)) {
            await this.remove(ID);
        }
    }

    private services(job: string): Promise<Service[]> {
        const label = [`${LABEL}.stack=${this.config.stack}`, `${LABEL}.job=${job}`];
        return this.engine.get<Service[]>("/services", { label });
    }

    private runOf({ ID, Spec: { Labels } }: Service): SwarmRun {
        const of = (name: string) => Labels[`${LABEL}.${name}`] ?? "";
        return {
            runId: of("run"),
            job: of("job"),
            startedAt: of("started-at"),
            service: ID,
            log: this.records.logFile(of("run")),
        };
    }
}

function unlessGone(error: unknown): void {
    if (!isGone(error)) {
        throw error;
    }
}
