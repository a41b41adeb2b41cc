// stack.ts init|up|refresh|destroy|policies STACK: the Pulumi command of that name, without questions; for policies, a preview
// under the policy pack. Before it, this does what only Pulumi's own commands can do and `pulumi up` does not by itself: it makes
// the stack if there is none yet, gives this clone's stack file what the stack's state knows, mends what a killed run left
// behind, and takes out of the state what somebody has removed from the Docker engine. Runs in the environment of env.sh.
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
// Set-up has brought the plugins that this stack uses. Pulumi would fetch those of all packages, Google's large one for every
// stack.
process.env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION = "true";
// Pulumi's runner of policies loads a TypeScript compiler, compiled code of which is kept from one run to the next.
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
    // After a failure the display of the outputs would read as if they were gone.
    await end(...words, "--suppress-outputs");
}

/** The options that hold a stack to the policies: at its own levels where it has any, else at those of its target. */
function policies(): string[] {
    const levels = [stack, targetOf(stack)].map((name) => `policies/config/${name}.json`).find(existsSync);
    const config = levels ? ["--policy-pack-config", levels] : [];
    return ["--policy-pack", "policies", ...config];
}

/** Runs a Pulumi command in sight of the user, and ends as it does. */
async function end(...words: string[]): Promise<void> {
    process.exitCode = await run(stack, words);
    hideFromGit(stack);
}
