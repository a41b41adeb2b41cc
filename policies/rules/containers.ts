import { type Inputs, rule, UNKNOWN } from "./rule.ts";

const SERVICE = "docker:index/service:Service";
const CONTAINER = "docker:index/container:Container";

export const memoryLimits = rule("memory-limits", "A container has a memory limit.", {
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

export const healthChecks = rule("health-checks", "A container has a health check.", {
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

/** Matches a folder or a socket of the machine. The source of a volume is a name instead. */
const OF_THE_MACHINE = /^\//;

export const leastRights = rule("least-rights", "A container has only the capabilities that it names.", {
    *[SERVICE]({ taskSpec }: Inputs) {
        const { readOnly, capDrops, mounts = [] } = taskSpec?.containerSpec ?? {};
        const at = "taskSpec.containerSpec.";
        yield* inside(at, readOnly, `${at}capDrops: ["ALL"], and capAdds`, capDrops);
        yield* sharing(mounts.map(({ source }: Inputs) => source));
    },
    *[CONTAINER](inputs: Inputs) {
        const { readOnly, capabilities, privileged, securityOpts = [], mounts = [], volumes = [] } = inputs;
        yield* inside(
            "",
            readOnly,
            'capabilities.drops: ["ALL"], and capabilities.adds',
            capabilities?.drops,
        );
        if (privileged === true) {
            yield "It has all rights of root on the machine. Leave privileged out.";
        }
        if (securityOpts !== UNKNOWN && !securityOpts.includes("no-new-privileges")) {
            yield 'A program of its image may gain rights. Set securityOpts: ["no-new-privileges"].';
        }
        for (const space of ["networkMode", "pidMode", "ipcMode"].filter((key) => inputs[key] === "host")) {
            yield `It shares the machine's ${space.replace("Mode", "")} namespace. Leave ${space} out.`;
        }
        yield* sharing([...mounts, ...volumes].map(({ source, hostPath }: Inputs) => source ?? hostPath));
    },
});

function* inside(at: string, readOnly: unknown, drops: string, dropped: unknown): Iterable<string> {
    if (readOnly !== true && readOnly !== UNKNOWN) {
        yield `An intruder can change its programs. Set ${at}readOnly: true, and volumes for what it writes.`;
    }
    if (dropped !== UNKNOWN && !(dropped as string[] | undefined)?.includes("ALL")) {
        yield `It has capabilities that it may not need. Set ${drops} for the ones that it needs.`;
    }
}

function* sharing(sources: (string | undefined)[]): Iterable<string> {
    for (const source of sources.filter((path) => path && OF_THE_MACHINE.test(path))) {
        yield `${source} gives it access to files of the machine, and perhaps to the engine's socket. Mount a volume.`;
    }
}

/** Whether there is a check. `["NONE"]` turns off the check of the image too. */
function checks(healthcheck: Inputs): boolean {
    const tests = healthcheck === UNKNOWN ? UNKNOWN : healthcheck?.tests;
    return tests === UNKNOWN || (tests?.length > 0 && tests[0] !== "NONE");
}
