import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, normalize, resolve } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { digestOf, filesUnder } from "../common/digest.ts";

/** Possible paths of the certificates that this machine trusts. */
const CERTIFICATES = [
    process.env.SSL_CERT_FILE ?? "",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
];

/** The file that every build may use in addition to its own folder. */
const SHARED = "images/spark/build/with-trust";

export interface SwarmImagesArgs {
    /** Base of our images: Debian 12. */
    baseImage: string;
    /** MongoDB: an image, or the folder of a Dockerfile, which starts with `./`. */
    mongoImage: string;
    /** mongo-express, in the same notation. */
    mongoExpressImage: string;
    /** Registry and folder through which the nodes of a swarm get built images; "" for none. */
    registry: string;
}

/**
 * The images of the platform, by names that every node can run. An image that is built here is built again when its content
 * changes.
 */
export class SwarmImages extends pulumi.ComponentResource {
    readonly spark: pulumi.Output<string>;
    readonly gateway: pulumi.Output<string>;
    readonly mongo: pulumi.Output<string>;
    readonly mongoExpress: pulumi.Output<string>;

    constructor(name: string, args: SwarmImagesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Images", name, {}, opts);
        const build = (folder: string, files: string[], base?: string) =>
            this.built(`${name}-${basename(folder)}`, {
                image: `${args.registry && `${args.registry}/`}london-power-${basename(folder)}`,
                dockerfile: `${folder}/Dockerfile`,
                files: [...files, ...filesUnder(folder, [""])],
                base,
                push: args.registry !== "",
            });
        const given = (key: "mongoImage" | "mongoExpressImage") => {
            if (!args[key].startsWith("./")) {
                return pulumi.output(args[key]);
            }
            const folder = normalize(args[key]);
            if (!existsSync(join(folder, "Dockerfile"))) {
                throw new pulumi.RunError(
                    `london-power:${key} is ${args[key]}, but ${join(folder, "Dockerfile")} does not exist. ` +
                        `Use the official image: pulumi config rm london-power:${key} --stack ${pulumi.getStack()}`,
                );
            }
            return build(folder, [SHARED]);
        };
        const packages = [
            "jobs/requirements.txt",
            "jobs/schedule.py",
            "jobs/spark_archive.py",
            "notebooks/requirements.txt",
            "notebooks/ipython_kernel_config.py",
        ];
        this.spark = build("images/spark", packages, args.baseImage);
        this.gateway = build("images/gateway", [], args.baseImage);
        this.mongo = given("mongoImage");
        this.mongoExpress = given("mongoExpressImage");
        this.registerOutputs({ spark: this.spark });
    }

    private built(
        name: string,
        args: { image: string; dockerfile: string; files: string[]; base?: string; push: boolean },
    ): pulumi.Output<string> {
        const digest = digestOf(args.files);
        const tagged = `${args.image}:${digest}`;
        const image = new docker.RemoteImage(
            name,
            {
                name: tagged,
                // The provider does not look into the build's context.
                triggers: { digest, base: args.base ?? "" },
                // Stopped containers still refer to their image, so it cannot be deleted.
                keepLocally: true,
                build: {
                    context: resolve("."),
                    dockerfile: args.dockerfile,
                    buildArgs: { ...(args.base && { BASE: args.base }), ...proxySettings() },
                    // The build downloads packages in the same way as this machine.
                    networkMode: "host",
                    secrets: buildSecrets(),
                    version: "2",
                },
            },
            { parent: this, ignoreChanges: ["build.secrets", "build.buildArgs", "build.context"] },
        );
        if (!args.push) {
            return image.imageId.apply(() => tagged);
        }
        const pushed = new docker.RegistryImage(
            `${name}-pushed`,
            { name: image.name, triggers: { digest }, keepRemotely: true },
            { parent: this },
        );
        return pulumi.interpolate`${args.image}@${pushed.sha256Digest}`;
    }
}

/** Returns this machine's certificates and package settings. A build uses them for downloads; no layer of the image has them. */
function buildSecrets(): { id: string; src: string }[] {
    const candidates: Record<string, string[]> = {
        ca: CERTIFICATES,
        "java-trust": ["/etc/ssl/certs/java/cacerts", "/etc/pki/java/cacerts"],
        pip: [process.env.PIP_CONFIG_FILE ?? "", join(homedir(), ".config/pip/pip.conf"), "/etc/pip.conf"],
        npm: [process.env.NPM_CONFIG_USERCONFIG ?? "", join(homedir(), ".npmrc")],
    };
    return Object.entries(candidates).flatMap(([id, paths]) => {
        const src = paths.find((path) => path !== "" && existsSync(path));
        return src ? [{ id, src }] : [];
    });
}

/** Returns this machine's proxy settings. Docker keeps these build arguments out of the image's history. They are secrets in the
 * state, because a proxy's address may contain a password. */
function proxySettings(): Record<string, pulumi.Output<string>> {
    const names = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
    const settings: Record<string, pulumi.Output<string>> = {};
    for (const name of names) {
        const value = process.env[name];
        if (value) {
            settings[name] = pulumi.secret(value);
        }
    }
    return settings;
}
