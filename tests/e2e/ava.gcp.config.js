export default {
    extensions: ["ts"],
    // Needs what `tools/setup.sh local google` brings.
    files: ["tests/e2e/gcp.test.ts", "tests/e2e/gcp/*.test.ts", "tests/e2e/stranger/gcp.test.ts"],
    // Two stories at a time, each a stack of its own: one waits often enough for the other to use all cores.
    concurrency: 2,
    timeout: "10m",
    // A process a file: a thread that starts a program while another writes one gives that one "text file busy".
    workerThreads: false,
    verbose: true,
};
