/** What a driver says on its standard output in lines of its own, on every target. Written by london_power/common/job.py. */
export type DriverEvent =
    | { event: "progress"; stage: string; done: number; total: number }
    | { event: "result"; metrics: Record<string, unknown> }
    | { event: "error"; type: string; message: string };

const PREFIX = "::london-power:: ";

/** The event that a line of a driver's log carries; `undefined` for any other line. */
export function parseEvent(line: string): DriverEvent | undefined {
    if (!line.startsWith(PREFIX)) {
        return undefined;
    }
    try {
        return JSON.parse(line.slice(PREFIX.length)) as DriverEvent;
    } catch {
        // A driver that is killed in the midst of a line leaves half of it.
        return undefined;
    }
}

/** Progress in one line: stage, percent and tasks. */
export function progressText({ stage, done, total }: { stage: string; done: number; total: number }): string {
    return total > 0 ? `${stage} ${Math.floor((100 * done) / total)}% (${done}/${total} tasks)` : stage;
}
