/** The events that a driver reports in lines of its standard output, on every target. london_power/common/job.py writes them. */
export type DriverEvent =
    | { event: "progress"; stage: string; done: number; total: number }
    | { event: "result"; metrics: Record<string, unknown> }
    | { event: "error"; type: string; message: string };

const PREFIX = "::london-power:: ";

/** Returns the event in a line of a driver's log; `undefined` for any other line. */
export function parseEvent(line: string): DriverEvent | undefined {
    if (!line.startsWith(PREFIX)) {
        return undefined;
    }
    try {
        return JSON.parse(line.slice(PREFIX.length)) as DriverEvent;
    } catch {
        // A driver that was killed may leave an incomplete line.
        return undefined;
    }
}

/** Describes progress in one line: stage, percent and tasks. */
export function progressText({ stage, done, total }: { stage: string; done: number; total: number }): string {
    return total > 0 ? `${stage} ${Math.floor((100 * done) / total)}% (${done}/${total} tasks)` : stage;
}
