export default {
    extensions: ["ts"],
    files: ["tests/e2e/*.test.ts"],
    // One story at a time: each runs Spark, which takes the machine as it finds it.
    concurrency: 1,
    timeout: "10m",
    verbose: true,
};
