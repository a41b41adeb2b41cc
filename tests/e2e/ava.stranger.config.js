export default {
    extensions: ["ts"],
    // Somebody who has never seen the project: a clone of the commit under test, not of what is not committed yet.
    files: ["tests/e2e/stranger/*.test.ts"],
    concurrency: 2,
    timeout: "15m",
    // A process a file: a thread that starts a program while another writes one gives that one "text file busy".
    workerThreads: false,
    verbose: true,
};
