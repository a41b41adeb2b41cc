import * as pulumi from "@pulumi/pulumi";
import type { Machine } from "../../provider/sdk/engineFacts.ts";

/** Memory for the rest of the platform and for the machine itself, in MiB. */
const REST = 6 * 1024;

/** Memory that Spark's Python processes and JVM take in addition to the heap, in MiB. */
export const OVERHEAD = 1024;

/** Number of workers if the settings name none and the memory suffices. */
const USUAL = 3;

/** Numbers and sizes of the platform's parts. */
export interface Sizes {
    workers: WorkerSize;
    /** Heap of a driver, in MiB. */
    driverMemory: number;
    datanodes: number;
    /** Number of datanodes that store each block. */
    replication: number;
}

/** Number and size of the workers. */
export interface WorkerSize {
    workers: number;
    cores: number;
    /** Heap of a worker's executors, in MiB. */
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
 * Returns the sizes of the settings; where these name none, sizes that fit the machine.
 *
 * @param machine the engine's machine
 * @param resource the resource beside which warnings appear
 */
export function sizesOf(settings: SizeSettings, machine: Machine, resource: pulumi.Resource): Sizes {
    const { datanodes, replication } = settings;
    const workers = workerSize(settings, machine);
    if (settings.workers === 0 && workers.workers < USUAL) {
        void pulumi.log.warn(
            `the engine's machine has memory for only ${workers.workers} of the usual ${USUAL} workers; ` +
                `to start more all the same: pulumi config set london-power:workers ${USUAL}`,
            resource,
        );
    }
    if (replication > datanodes) {
        void pulumi.log.warn(
            `london-power:replication is ${replication}, but there are only ${datanodes} datanodes: each block gets ${datanodes} copies`,
            resource,
        );
    }
    return {
        workers,
        driverMemory: mebibytes(settings.driverMemory),
        datanodes,
        // There cannot be more copies than datanodes.
        replication: Math.min(replication, datanodes),
    };
}

/**
 * Returns the workers of the settings. For 0, it chooses by the machine: 3 workers if they fit, at least 1, which share all
 * cores.
 */
export function workerSize(asked: WorkerSettings, machine: Machine): WorkerSize {
    const memory = mebibytes(asked.workerMemory);
    const fitting = Math.floor((machine.memory - REST) / (memory + OVERHEAD));
    const workers = asked.workers || Math.min(USUAL, Math.max(1, fitting));
    return { workers, memory, cores: asked.workerCores || Math.max(1, Math.floor(machine.cores / workers)) };
}

/** Converts a size in JVM notation, such as `2g`, to MiB. */
export function mebibytes(size: string): number {
    return Number.parseInt(size, 10) * (size.endsWith("g") ? 1024 : 1);
}
