// stack.ts init|up|refresh|destroy|policies STACK: runs the Pulumi command of that name without questions; for policies, a
// preview with the policy pack. Before that, it does what `pulumi up` does not do by itself: it creates the stack if there is
// none yet, completes this clone's stack file from the stack's state, repairs what a killed run left behind, and removes from
// the state what somebody has removed from the Docker engine. Runs in the environment of env.sh.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectDir } from "../provider/host/tools.ts";
import { forgetGone } from "./stack/gone.ts";
import { mendKilledRun } from "./stack/killedRun.ts";
import { refuseNamesakes } from "./stack/namesakes.ts";
import { pulumi, run } from "./stack/pulumi.ts";
import { addMachineSettings, completeStackFile, hideFromGit, targetOf } from "./stack/stackFile.ts";
import { deploymentOf, mendState, stackExists } from "./stack/state.ts";

const CHANGING = ["up", "refresh", "destroy"];
const COMMANDS = ["init", ...CHANGING, "policies"];

const [command = "", stack = ""] = process.argv.slice(2);
if (!COMMANDS.includes(command) || stack === "") {
    console.error(`usage: stack.ts ${COMMANDS.join("|")} STACK`);
    process.exit(2);
}
// Set-up has installed the plugins that this stack uses. Pulumi would download the plugins of all packages, including Google's
// large one, for every stack.
process.env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION = "true";
// Pulumi's runner of policies loads a TypeScript compiler; this keeps its compiled code for the next run.
process.env.NODE_COMPILE_CACHE = join(projectDir, "node_modules/.cache/compiled");

const lost = mendState(stack);
if (!stackExists(stack)) {
    pulumi("stack", "init", stack, "--non-interactive");
}
const deployment = deploymentOf(stack);
completeStackFile(stack, deployment);
addMachineSettings(stack);
hideFromGit(stack);
const compared = (lost || CHANGING.includes(command)) && mendKilledRun(stack, deployment, lost);
if (!compared && (command === "up" || command === "destroy")) {
    await forgetGone(stack, deployment);
}
if (command === "policies") {
    await end("preview", "--stack", stack, "--suppress-outputs", ...policies());
} else if (CHANGING.includes(command)) {
    const words = [command, "--stack", stack, "--yes", "--skip-preview"];
    if (command === "up") {
        refuseNamesakes(stack, deployment);
        words.push(...policies());
    }
    // After a failure, Pulumi would show the outputs as if they had been deleted.
    await end(...words, "--suppress-outputs");
}

/**
 * Returns Pulumi's options for the policies, with the levels of the stack if it has its own, otherwise with those of its
 * target.
 */
function policies(): string[] {
    const levels = [stack, targetOf(stack)].map((name) => `policies/config/${name}.json`).find(existsSync);
    const config = levels ? ["--policy-pack-config", levels] : [];
    return ["--policy-pack", "policies", ...config];
}

/** Runs a Pulumi command whose display the user sees. This process gets its exit code. */
async function end(...words: string[]): Promise<void> {
    process.exitCode = await run(stack, words);
    hideFromGit(stack);
}
