import { availableParallelism, totalmem } from "node:os";

/** What of the machine's memory is left to the rest of the platform and to the machine itself, in MiB. */
const REST = 6 * 1024;

/** What Spark's Python processes and its JVM take beside the heap, in MiB. */
export const OVERHEAD = 1024;

/** How many workers, and how large. */
export interface WorkerSize {
    workers: number;
    cores: number;
    /** Heap for executors, in MiB. */
    memory: number;
}

/** The size asked for; what is left open (0) is taken from the machine: 3 workers where they fit, at least 1. */
export function workerSize(
    asked: { workers: number; workerCores: number; workerMemory: string },
    machine = { cores: availableParallelism(), memory: Math.floor(totalmem() / 1024 / 1024) },
): WorkerSize {
    const memory = mebibytes(asked.workerMemory);
    const fitting = Math.floor((machine.memory - REST) / (memory + OVERHEAD));
    const workers = asked.workers || Math.min(3, Math.max(1, fitting));
    return { workers, memory, cores: asked.workerCores || Math.max(1, Math.floor(machine.cores / workers)) };
}

/** MiB of a size in JVM notation. */
export function mebibytes(size: string): number {
    return Number.parseInt(size, 10) * (size.endsWith("g") ? 1024 : 1);
}
