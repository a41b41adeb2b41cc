/** Time that the work of a provider gets to stop, in milliseconds. */
const GRACE = 20_000;

/**
 * Decides when this process ends. The engine ends a provider with SIGINT; a killed engine sends nothing, but
 * the parent process changes. In both cases the current work gets a signal and some time to stop.
 */
export class Lifetime {
    /** Resolves when the process has been told to end and no work is under way. */
    readonly ended: Promise<void>;
    private readonly controller = new AbortController();
    private working = 0;
    private ending = false;
    private end!: () => void;

    constructor() {
        this.ended = new Promise((resolve) => {
            this.end = resolve;
        });
        for (const signal of ["SIGINT", "SIGTERM"] as const) {
            process.on(signal, () => this.finish("cancelled"));
        }
        const parent = process.ppid;
        setInterval(() => process.ppid !== parent && this.finish("the engine is gone"), 1000).unref();
    }

    /** Fires when the current work has to stop. */
    get signal(): AbortSignal {
        return this.controller.signal;
    }

    /** Stops the current work; the provider still answers the engine. */
    cancel(reason: string): void {
        this.controller.abort(new Error(reason));
    }

    /** Counts a piece of work, so that the process does not end during it. */
    async during<T>(work: () => Promise<T>): Promise<T> {
        this.working++;
        try {
            return await work();
        } finally {
            this.working--;
            if (this.ending && this.working === 0) {
                this.end();
            }
        }
    }

    private finish(reason: string): void {
        if (this.ending) {
            return;
        }
        this.ending = true;
        this.cancel(reason);
        if (this.working === 0) {
            this.end();
        }
        setTimeout(() => this.end(), GRACE).unref();
    }
}
