export default {
    extensions: ["ts"],
    // Needs what `tools/setup.sh dev` brings: a Docker engine that is a swarm's manager, and the plugins.
    files: ["tests/e2e/swarm.test.ts", "tests/e2e/swarm/*.test.ts", "tests/e2e/stranger/swarm.test.ts"],
    concurrency: 1,
    timeout: "20m",
    // A process a file: a thread that starts a program while another writes one gives that one "text file busy".
    workerThreads: false,
    verbose: true,
};
