export default {
    extensions: ["ts"],
    // Needs what `tools/setup.sh dev` brings: a Docker engine that is a swarm's manager, and the plugins.
    files: ["tests/e2e/swarm.test.ts"],
    concurrency: 1,
    timeout: "20m",
    // One story of one platform: after a failure the rest has nothing to stand on.
    failFast: true,
    // A process a file: a thread that starts a program while another writes one gives that one "text file busy".
    workerThreads: false,
    verbose: true,
};
