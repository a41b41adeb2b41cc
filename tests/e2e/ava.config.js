export default {
    extensions: ["ts"],
    // Those need more than the embedded target does: see ava.swarm.config.js and ava.gcp.config.js.
    files: ["tests/e2e/*.test.ts", "!tests/e2e/swarm.test.ts", "!tests/e2e/gcp.test.ts"],
    // One story at a time: each runs Spark, which takes the machine as it finds it.
    concurrency: 1,
    timeout: "10m",
    // A process a file: a thread that starts a program while another writes one gives that one "text file busy".
    workerThreads: false,
    verbose: true,
};
