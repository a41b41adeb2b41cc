import { open, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DockerEngine, isGone } from "../host/docker.ts";
import { logLines } from "../host/dockerLog.ts";
import { writeAtomically } from "../host/files.ts";
import { tailLines } from "../host/tail.ts";
import type { Ending, Launcher, Outcome, Run, Submission, SwarmLauncherConfig } from "./launcher.ts";
import { FolderRecords } from "./records.ts";
import { endScheduler } from "./swarmScheduler.ts";
import { GRACE, LABEL, serviceSpec } from "./swarmService.ts";
import { endingOf, isStarting, type Task, waitingFor } from "./swarmTask.ts";

/** How often the state of a driver's task is asked for, in milliseconds. */
const PERIOD = 500;

/** How long a driver may wait for a node that has room for it, in milliseconds. */
const PLACEMENT = 300_000;

/** How long the containers of a removed service may take to end, in milliseconds. */
const REMOVAL = 60_000;

/** How long a container may take from its node to its start, in milliseconds. */
const START = 10_000;

/** A run as its record file keeps it. */
interface SwarmRun extends Run {
    service: string;
}

interface Service {
    ID: string;
    Spec: { Labels: Record<string, string> };
}

/**
 * Runs drivers as one-shot services of a swarm, which alone take its secrets. A service carries its job and run as labels,
 * so that it is found again when this machine's record of it is lost; once it has ended it is removed, and its log kept.
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
        try {
            // The engine goes on listening for further tasks, so that the end has to be asked for.
            const live = this.streamLog(service, log, show, listening.signal);
            const ending = await this.waitForEnd(service, signal);
            stop();
            await live;
            // What the stream had not delivered by then; a log of one task is always in the same order.
            const all = await this.wholeLog(service);
            await writeAtomically(log, all.map((line) => `${line}\n`).join(""));
            all.slice(shown).forEach(onLine);
            return ending;
        } catch (error) {
            signal.throwIfAborted();
            if (!isGone(error)) {
                throw error;
            }
            // The service was removed, by hand or after its end: what it had said until then is all there is.
            await tailLines(log, onLine, async () => true, signal).catch(() => undefined);
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
        // With the last job goes the stack's folder; whatever else is in it stays.
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
        const file = await open(path, "w");
        try {
            const query = "follow=true&stdout=true&stderr=true";
            for await (const line of logLines(
                await this.engine.stream(`/services/${service}/logs?${query}`, signal),
            )) {
                await file.write(`${line}\n`);
                onLine(line);
            }
        } catch {
            // Stopped on purpose, or broken off: what is missing is fetched at the end.
        } finally {
            await file.close();
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
                // No task yet, or no service any more, which is an error of its own.
                await this.engine.get(`/services/${service}`);
            }
        }
    }

    /** Removes a service with its containers: the engine leaves those of a job, even while they run (20.10). */
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

    /** Waits until no task is on its way to a container, which would come after the service has gone. */
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
            ...{ runId: of("run"), job: of("job"), startedAt: of("started-at"), service: ID },
            log: this.records.logFile(of("run")),
        };
    }
}

function unlessGone(error: unknown): void {
    if (!isGone(error)) {
        throw error;
    }
}
