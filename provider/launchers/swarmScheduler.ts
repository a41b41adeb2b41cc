import { setTimeout as sleep } from "node:timers/promises";
import { type DockerEngine, isGone } from "../host/docker.ts";

/** Time that the scheduler, its driver and the engine get to end it, in milliseconds. */
const END = 120_000;

/** Interval between two checks, in milliseconds. */
const PERIOD = 500;

interface Service {
    ID: string;
    Version: { Index: number };
    Spec: { Mode: { Replicated: { Replicas: number } } };
}

/**
 * Ends the scheduler and its current run, so that they never work at the same time as the jobs of a deployment. The deployment
 * starts it again when all its jobs have succeeded. Does nothing if there is no scheduler.
 */
export async function endScheduler(engine: DockerEngine, stack: string): Promise<void> {
    for (const deadline = Date.now() + END; Date.now() < deadline; await sleep(PERIOD)) {
        const service = await find(engine, `${stack}-scheduler`);
        if (!service) {
            return;
        }
        const { ID, Version, Spec } = service;
        if (Spec.Mode.Replicated.Replicas > 0) {
            const stopped = { ...Spec, Mode: { Replicated: { Replicas: 0 } } };
            // Refused if another job of the deployment did it first.
            await engine
                .post(`/services/${ID}/update?version=${Version.Index}`, stopped)
                .catch(() => undefined);
            continue;
        }
        const label = [`com.docker.swarm.service.id=${ID}`];
        if ((await engine.get<unknown[]>("/containers/json", { label })).length === 0) {
            return;
        }
    }
    throw new Error(`the scheduler does not end: docker service rm ${stack}-scheduler`);
}

async function find(engine: DockerEngine, name: string): Promise<Service | undefined> {
    try {
        return await engine.get<Service>(`/services/${name}`);
    } catch (error) {
        if (isGone(error)) {
            return undefined;
        }
        throw error;
    }
}
