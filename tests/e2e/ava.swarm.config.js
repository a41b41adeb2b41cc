export default {
    extensions: ["ts"],
    // Needs what `tools/setup.sh dev` brings: a Docker engine that is a swarm's manager, and the plugins.
    files: ["tests/e2e/swarm.test.ts"],
    concurrency: 1,
    timeout: "20m",
    verbose: true,
};
