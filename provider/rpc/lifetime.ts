/** How long a provider that was told to end waits for its work to stop, in milliseconds. */
const GRACE = 20_000;

/**
 * Decides when this process ends. The engine ends a provider with SIGINT; an engine that was killed says nothing, which
 * shows in the parent process changing. Either way the work under way is told to stop and gets a while to do so.
 */
export class Lifetime {
    /** Resolves when nothing is under way any more and the process has been told to end. */
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

    /** Fires when the work under way has to stop. */
    get signal(): AbortSignal {
        return this.controller.signal;
    }

    /** Stops the work under way; the engine goes on to talk to the provider. */
    cancel(reason: string): void {
        this.controller.abort(new Error(reason));
    }

    /** Counts a piece of work, so that the process does not end in its midst. */
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
