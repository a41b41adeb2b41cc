import * as pulumi from "@pulumi/pulumi";
import type { Machine } from "../../provider/sdk/engineFacts.ts";

/** What of the machine's memory is left to the rest of the platform and to the machine itself, in MiB. */
const REST = 6 * 1024;

/** What Spark's Python processes and its JVM take beside the heap, in MiB. */
export const OVERHEAD = 1024;

/** How many workers where nothing is said and the memory allows it. */
const USUAL = 3;

/** How many of what, and how large. */
export interface Sizes {
    workers: WorkerSize;
    /** Heap of a driver, in MiB. */
    driverMemory: number;
    datanodes: number;
    /** On how many datanodes each block is kept. */
    replication: number;
}

/** How many workers, and how large. */
export interface WorkerSize {
    workers: number;
    cores: number;
    /** Heap for executors, in MiB. */
    memory: number;
}

export interface SizeSettings extends WorkerSettings {
    driverMemory: string;
    datanodes: number;
    replication: number;
}

export interface WorkerSettings {
    workers: number;
    workerCores: number;
    workerMemory: string;
}

/**
 * The sizes asked for, as far as they fit.
 *
 * @param machine the engine's
 * @param resource whose user is told where it is less than usual or asked for
 */
export function sizesOf(settings: SizeSettings, machine: Machine, resource: pulumi.Resource): Sizes {
    const { datanodes, replication } = settings;
    const workers = workerSize(settings, machine);
    if (settings.workers === 0 && workers.workers < USUAL) {
        void pulumi.log.warn(
            `the engine's machine has memory for ${workers.workers} of the usual ${USUAL} workers; ` +
                `ask for more: pulumi config set london-power:workers ${USUAL}`,
            resource,
        );
    }
    if (replication > datanodes) {
        void pulumi.log.warn(
            `london-power:replication is ${replication}, with ${datanodes} datanodes`,
            resource,
        );
    }
    return {
        workers,
        driverMemory: mebibytes(settings.driverMemory),
        datanodes,
        // More copies than datanodes there cannot be.
        replication: Math.min(replication, datanodes),
    };
}

/** The size asked for; what is left open (0) is taken from the machine: 3 workers where they fit, at least 1. */
export function workerSize(asked: WorkerSettings, machine: Machine): WorkerSize {
    const memory = mebibytes(asked.workerMemory);
    const fitting = Math.floor((machine.memory - REST) / (memory + OVERHEAD));
    const workers = asked.workers || Math.min(USUAL, Math.max(1, fitting));
    return { workers, memory, cores: asked.workerCores || Math.max(1, Math.floor(machine.cores / workers)) };
}

/** MiB of a size in JVM notation. */
export function mebibytes(size: string): number {
    return Number.parseInt(size, 10) * (size.endsWith("g") ? 1024 : 1);
}
