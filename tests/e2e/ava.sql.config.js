export default {
    extensions: ["ts"],
    // Needs what `tools/setup.sh local sql` brings.
    files: ["tests/e2e/sql/*.test.ts"],
    timeout: "1m",
    workerThreads: false,
    verbose: true,
};
