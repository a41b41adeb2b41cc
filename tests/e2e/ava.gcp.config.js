export default {
    extensions: ["ts"],
    // Needs what `tools/setup.sh local google` brings.
    files: ["tests/e2e/gcp.test.ts", "tests/e2e/gcp/*.test.ts"],
    concurrency: 1,
    timeout: "10m",
    // A process a file: a thread that starts a program while another writes one gives that one "text file busy".
    workerThreads: false,
    verbose: true,
};
