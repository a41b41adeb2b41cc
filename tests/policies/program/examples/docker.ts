import type { Example } from "../examples.ts";

const CONTAINER = "docker:index/container:Container";
const SERVICE = "docker:index/service:Service";
const owned = [{ label: "com.docker.stack.namespace", value: "example" }];
const health = { tests: ["CMD", "health"] };
const container = {
    name: "c",
    image: "mongo:8.0.14",
    memory: 128,
    labels: owned,
    healthcheck: health,
    ports: [{ internal: 80, external: 8080, ip: "127.0.0.1" }],
    readOnly: true,
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges"],
};
const modest = { readOnly: true, capDrops: ["ALL"] };

const service = (containerSpec: object, more: object = {}) => ({
    name: "s",
    labels: owned,
    taskSpec: {
        containerSpec: { image: "mongo@sha256:4c1d", healthcheck: health, ...modest, ...containerSpec },
        resources: { limits: { memoryBytes: 1 << 28 } },
    },
    ...more,
});

export const docker: Example[] = [
    { name: "good-container", type: CONTAINER, inputs: container, finds: [] },
    {
        name: "good-service",
        type: SERVICE,
        inputs: service({
            env: { MONGO_PASSWORD_FILE: "/run/secrets/mongo", TOKEN: "/run/secrets/token" },
            args: ["--mongo-credentials", "/run/secrets/mongo", "mongodb://mongo:27017/"],
        }),
        finds: [],
    },
    {
        name: "open-port",
        type: CONTAINER,
        inputs: { ...container, ports: [{ internal: 80, external: 8080 }] },
        finds: [["loopback-only", /8080:80 is open on every address.*Set ip: "127.0.0.1"/]],
    },
    {
        name: "open-to-the-office",
        type: CONTAINER,
        inputs: { ...container, ports: [{ internal: 80, external: 80, ip: "192.0.2.7" }] },
        finds: [["loopback-only", /is open on 192.0.2.7/]],
    },
    {
        name: "host-network",
        type: CONTAINER,
        inputs: { ...container, networkMode: "host" },
        finds: [
            ["loopback-only", /networkMode host/],
            ["least-rights", /network namespace/],
        ],
    },
    {
        name: "published-service",
        type: SERVICE,
        inputs: service({}, { endpointSpec: { ports: [{ targetPort: 27017, publishedPort: 27017 }] } }),
        finds: [["loopback-only", /27017:27017 is open on every address of every node.*gateway/]],
    },
    {
        name: "latest",
        type: CONTAINER,
        inputs: { ...container, image: "registry:5000/mongo:latest" },
        finds: [["pinned-images", /registry:5000\/mongo:latest changes with every push.*mongo:1.2.3/]],
    },
    {
        name: "no-tag",
        type: SERVICE,
        inputs: service({ image: "registry:5000/mongo" }),
        finds: [["pinned-images", /changes with every push/]],
    },
    {
        name: "built-latest",
        type: "docker:index/remoteImage:RemoteImage",
        inputs: {
            name: "spark:latest",
            build: {
                context: ".",
                buildArgs: { NPM_TOKEN: "hunter2", HTTPS_PROXY: "http://u:hunter2@proxy:3128" },
            },
        },
        finds: [
            ["pinned-images", /spark:latest/],
            ["no-plaintext-secrets", /NPM_TOKEN in the build arguments/],
        ],
    },
    {
        name: "unlimited-container",
        type: CONTAINER,
        inputs: { ...container, memory: undefined, healthcheck: undefined },
        finds: [
            ["memory-limits", /Set memory, in MiB/],
            ["health-checks", /Set healthcheck.tests/],
        ],
    },
    {
        name: "unlimited-service",
        type: SERVICE,
        inputs: { ...service({ healthcheck: { tests: ["NONE"] } }), labels: [] },
        finds: [
            ["health-checks", /Set taskSpec.containerSpec.healthcheck.tests/],
            ["labels", /Add the label com.docker.stack.namespace/],
        ],
    },
    {
        name: "boundless-service",
        type: SERVICE,
        inputs: {
            name: "s",
            labels: owned,
            taskSpec: { containerSpec: { image: "a:1", healthcheck: health, ...modest } },
        },
        finds: [["memory-limits", /taskSpec.resources.limits.memoryBytes/]],
    },
    {
        name: "mighty-container",
        type: CONTAINER,
        inputs: {
            ...container,
            privileged: true,
            readOnly: false,
            capabilities: undefined,
            securityOpts: [],
            pidMode: "host",
            volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/docker.sock" }],
        },
        finds: [
            ["least-rights", /Set readOnly: true/],
            ["least-rights", /capabilities.drops: \["ALL"\]/],
            ["least-rights", /Leave privileged out/],
            ["least-rights", /Set securityOpts/],
            ["least-rights", /pid namespace/],
            ["least-rights", /\/var\/run\/docker.sock gives it access/],
        ],
    },
    {
        name: "mighty-service",
        type: SERVICE,
        inputs: service({
            readOnly: undefined,
            capDrops: undefined,
            mounts: [{ type: "bind", source: "/run", target: "/machine" }],
        }),
        finds: [
            ["least-rights", /taskSpec.containerSpec.readOnly: true/],
            ["least-rights", /capDrops: \["ALL"\], and capAdds/],
            ["least-rights", /\/run gives it access/],
        ],
    },
    {
        name: "secret-in-environment",
        type: SERVICE,
        inputs: service({ env: { MONGO_INITDB_ROOT_PASSWORD: "hunter2", GREETING: "hello" } }),
        finds: [["no-plaintext-secrets", /MONGO_INITDB_ROOT_PASSWORD in the environment.*as a file/]],
    },
    {
        name: "secret-in-arguments",
        type: CONTAINER,
        inputs: {
            ...container,
            command: ["serve", "--token", "hunter2"],
            envs: ["URI=mongodb://a:b@mongo/"],
        },
        finds: [
            ["no-plaintext-secrets", /argument --token/],
            ["no-plaintext-secrets", /URI in the environment contains an address with a password/],
        ],
    },
    {
        name: "secret-in-config",
        type: "docker:index/serviceConfig:ServiceConfig",
        inputs: { data: Buffer.from("uri: mongodb://root:hunter2@mongo/").toString("base64") },
        finds: [["no-plaintext-secrets", /data contains an address with a password/]],
    },
    {
        name: "secret-for-spark",
        type: "london-power:spark:SparkRun",
        inputs: { args: ["--mongo-password=hunter2"], conf: { "spark.authenticate.secret": "hunter2" } },
        finds: [
            ["no-plaintext-secrets", /argument --mongo-password/],
            ["no-plaintext-secrets", /spark.authenticate.secret in the conf/],
        ],
    },
    {
        name: "generated-in-environment",
        type: CONTAINER,
        inputs: (password) => ({ ...container, envs: [password] }),
        finds: [["generated-secrets-stay-secret", /envs contains the generated password password/]],
    },
    {
        name: "good-generated",
        type: "docker:index/secret:Secret",
        inputs: (password) => ({ data: password }),
        finds: [],
    },
    {
        name: "open-overlay",
        type: "docker:index/network:Network",
        inputs: { driver: "overlay" },
        finds: [["encrypted-networks", /london-power:encryptNetwork true/]],
    },
    {
        name: "good-overlay",
        type: "docker:index/network:Network",
        inputs: { driver: "overlay", options: { encrypted: "" } },
        finds: [],
    },
];
