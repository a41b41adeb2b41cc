import type { Context } from "../rpc/kind.ts";
import type { Ending, Launcher, Outcome, Run, Submission } from "./launcher.ts";
import { type DriverEvent, parseEvent, progressText } from "./protocol.ts";
import { wrongResults } from "./results.ts";

/** Number of the driver's last lines in an error. */
const TAIL = 20;

/** Lines about Spark's ordinary work; they would push the important lines out of an error. */
const SPARK_INFO = /^[\d/]+ [\d:]+ INFO /;

/**
 * Brings a submission to its end. If the job's newest run does the same work or has done it, that run is adopted. If it does other
 * work, it is stopped, and a new run starts.
 *
 * @throws with the driver's exception and last lines if the run fails; if the context's signal fires, after the run was stopped. A
 * failed, killed or cancelled run is never adopted: the next call starts a new one.
 */
export async function runToEnd(
    launcher: Launcher,
    submission: Submission,
    context: Context,
): Promise<{ run: Run; outcome: Outcome }> {
    context.signal.throwIfAborted();
    const latest = await launcher.find(submission.job);
    if (latest?.runId === submission.runId && latest.outcome?.state === "succeeded") {
        const wrong = await wrongResults(submission.results, latest.outcome.metrics);
        if (wrong.length === 0) {
            context.info(`run ${latest.runId} had succeeded already: adopted, not run again`);
            return { run: latest, outcome: latest.outcome };
        }
    }
    if (latest && !latest.outcome && latest.runId === submission.runId) {
        context.info(`run ${latest.runId} is found under way or ended unseen: followed, not started twice`);
        const outcome = await tryToAdopt(launcher, latest, submission, context);
        if (outcome) {
            return { run: latest, outcome };
        }
    } else if (latest && !latest.outcome) {
        await launcher.cancel(latest);
    }
    context.progress("starting Spark");
    const run = await launcher.submit(submission);
    return { run, outcome: await follow(launcher, run, submission, context) };
}

/** Returns the outcome of a run that this process did not start; `undefined` if the work has to be started again. */
async function tryToAdopt(
    launcher: Launcher,
    run: Run,
    submission: Submission,
    context: Context,
): Promise<Outcome | undefined> {
    try {
        return await follow(launcher, run, submission, context);
    } catch (error) {
        context.signal.throwIfAborted();
        context.info(`the run that was found had failed, so it is started again: ${firstLine(error)}`);
        return undefined;
    }
}

async function follow(
    launcher: Launcher,
    run: Run,
    { results }: Submission,
    context: Context,
): Promise<Outcome> {
    const tail: string[] = [];
    let last: DriverEvent | undefined;
    const onLine = (line: string) => {
        const event = parseEvent(line);
        if (event?.event === "progress") {
            context.progress(progressText(event));
        } else if (event) {
            last = event;
        } else if (line.trim() !== "" && !SPARK_INFO.test(line)) {
            tail.push(line);
            tail.splice(0, tail.length - TAIL);
        }
    };
    const settle = async (state: Outcome["state"], metrics: Outcome["metrics"]) => {
        const seconds = Math.round((Date.now() - Date.parse(run.startedAt)) / 100) / 10;
        const outcome = { state, metrics, seconds };
        await launcher.settle(run, outcome);
        return outcome;
    };

    let ending: Ending;
    try {
        ending = await launcher.follow(run, onLine, context.signal);
    } catch (error) {
        await launcher.cancel(run);
        await settle(context.signal.aborted ? "cancelled" : "failed", {});
        throw new Error(
            `${run.job} was stopped: ${firstLine(error)}; the next \`pulumi up\` runs it again\nlog: ${run.log}`,
        );
    }
    // A success needs both: the driver's report of its result, and exit code 0.
    const reported = last?.event === "result" && (ending.code ?? 0) === 0 ? last.metrics : undefined;
    const wrong = reported && (await wrongResults(results, reported));
    if (reported && wrong?.length === 0) {
        return settle("succeeded", reported);
    }
    await settle("failed", {});
    throw new Error(failureText(run, wrong ? contractText(wrong) : causeOf(last), ending, tail));
}

function causeOf(last: DriverEvent | undefined): string {
    return last?.event === "error" ? `${last.type}: ${last.message}` : "the driver ended without a result";
}

function contractText(wrong: string[]): string {
    return `its results violate the contract in jobs/results/: ${wrong.join("; ")}. Correct the script or the contract`;
}

function failureText(run: Run, cause: string, ending: Ending, tail: string[]): string {
    return [
        `${run.job} failed: ${cause}`,
        `run ${run.runId}: ${ending.text}`,
        `log: ${run.log}`,
        "last lines of the driver:",
        ...tail.map((line) => `  ${line}`),
    ].join("\n");
}

function firstLine(error: unknown): string {
    return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
