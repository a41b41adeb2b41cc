import { type Inputs, rule, UNKNOWN } from "../rule.ts";

const SERVICE = "docker:index/service:Service";
const CONTAINER = "docker:index/container:Container";

export const memoryLimits = rule("memory-limits", "A container has a limit of memory.", {
    *[SERVICE]({ taskSpec }: Inputs) {
        if (!taskSpec?.resources?.limits?.memoryBytes) {
            yield "It may use all of a node's memory. Set taskSpec.resources.limits.memoryBytes.";
        }
    },
    *[CONTAINER]({ memory }: Inputs) {
        if (!memory) {
            yield "It may use all of the machine's memory. Set memory, in MiB.";
        }
    },
});

export const healthChecks = rule("health-checks", "A container says whether it does its work.", {
    *[SERVICE]({ taskSpec }: Inputs) {
        const { containerSpec } = taskSpec ?? {};
        if (!checks(containerSpec?.healthcheck)) {
            yield "A service whose containers only run counts as ready. Set taskSpec.containerSpec.healthcheck.tests.";
        }
    },
    *[CONTAINER]({ healthcheck }: Inputs) {
        if (!checks(healthcheck)) {
            yield "A container that only runs counts as ready. Set healthcheck.tests.";
        }
    },
});

/** Docker takes `["NONE"]` for "no check, not even the image's own". */
function checks(healthcheck: Inputs): boolean {
    const tests = healthcheck === UNKNOWN ? UNKNOWN : healthcheck?.tests;
    return tests === UNKNOWN || (tests?.length > 0 && tests[0] !== "NONE");
}
