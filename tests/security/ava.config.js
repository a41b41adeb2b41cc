export default {
    extensions: ["ts"],
    // Needs what `tools/setup.sh local scanners` brings.
    files: ["tests/security/*.test.ts"],
    timeout: "5m",
    workerThreads: false,
    verbose: true,
};
