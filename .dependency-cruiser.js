// Which folder may import which: arrows go one way, and no two folders import each other. Lint checks it.

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
    forbidden: [
        {
            name: "no-circle",
            comment: "Whoever reads one of these files has to read the others first.",
            severity: "error",
            from: {},
            to: { circular: true },
        },
        {
            name: "no-circle-of-folders",
            comment: "Move what both folders need into one that neither of them is.",
            severity: "error",
            scope: "folder",
            from: {},
            to: { circular: true },
        },
        {
            name: "provider-on-its-own",
            comment: "The provider is given all that it needs as inputs of its resources.",
            severity: "error",
            from: { path: "^provider/" },
            to: { path: "^(components|config|jobs|policies|tools)/" },
        },
        {
            name: "sdk-without-implementation",
            comment: "The program knows the provider's resources, not what carries them out.",
            severity: "error",
            from: { path: "^(index\\.ts|components|config|jobs|policies)" },
            to: { path: "^provider/", pathNot: "^provider/sdk/" },
        },
        {
            name: "components-without-jobs",
            comment: "Components are given jobs as values: jobs know components.",
            severity: "error",
            from: { path: "^components/" },
            to: { path: "^jobs/" },
        },
        {
            name: "targets-apart",
            comment: "A target does not know another one.",
            severity: "error",
            from: { path: "^components/(local|swarm|gcp)/" },
            to: { path: "^components/(local|swarm|gcp)/", pathNot: "^components/$1/" },
        },
        {
            name: "jobs-without-targets",
            comment: "Jobs know no target: what they need is in DataPlatform.",
            severity: "error",
            from: { path: "^jobs/" },
            to: { path: "^components/(local|swarm|gcp)/" },
        },
        {
            name: "product-without-tools",
            comment: "What builds, tests and shows the product is not part of it.",
            severity: "error",
            from: { path: "^(index\\.ts|components|config|jobs|provider|policies)" },
            to: { path: "^(tools|tests)/" },
        },
    ],
    options: {
        doNotFollow: { path: "node_modules" },
        // A package of its own.
        exclude: { path: "^tools/offline-toolchain/" },
        tsConfig: { fileName: "tsconfig.json" },
        tsPreCompilationDeps: true,
    },
};
