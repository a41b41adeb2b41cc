import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { digestOf, filesUnder } from "../digest.ts";

/** Made by tools/setup/base-image.sh where no registry of images answers; its tags are Debian's releases. */
const OWN_BASE = "london-power/debian";

/** Where a machine keeps the certificates that it trusts. */
const CERTIFICATES = [
    process.env.SSL_CERT_FILE ?? "",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
];

export interface SwarmImagesArgs {
    /** The Docker engine, as in DOCKER_HOST. */
    host: string;
    /** "auto", "official" or "stand-in": where MongoDB and mongo-express come from. */
    images: "auto" | "official" | "stand-in";
    /** Image of MongoDB. Default (""): the official one, or the stand-in. */
    mongoImage: string;
    /** Image of mongo-express. Default (""): the official one, or the stand-in. */
    mongoExpressImage: string;
    /** Registry and folder that our image goes through on a swarm of several nodes. Default (""): none. */
    registry: string;
}

/** The images of the platform, as names that every node can run: ours is built, and built again when its content changes. */
export class SwarmImages extends pulumi.ComponentResource {
    readonly spark: pulumi.Output<string>;
    readonly mongo: pulumi.Output<string>;
    readonly mongoExpress: pulumi.Output<string>;
    /** True where a stand-in takes the place of the official image. */
    readonly mongoStandIn: boolean;
    readonly mongoExpressStandIn: boolean;

    constructor(name: string, args: SwarmImagesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Images", name, {}, opts);
        const ownBase = hasImage(args.host, `${OWN_BASE}:bookworm`);
        const standIns = args.images === "stand-in" || (args.images === "auto" && ownBase);
        this.mongoStandIn = standIns && args.mongoImage === "";
        this.mongoExpressStandIn = standIns && args.mongoExpressImage === "";
        const build = (image: string, files: string[], release: string) =>
            this.built(`${name}-${image}`, {
                image: `${args.registry && `${args.registry}/`}london-power-${image}`,
                dockerfile: `images/${image}/Dockerfile`,
                files,
                base: ownBase ? `${OWN_BASE}:${release}` : `debian:${release}-slim`,
                push: args.registry !== "",
            });

        const packages = ["jobs/requirements.txt", "jobs/schedule.py", "jobs/spark_archive.py"];
        const jupyter = ["notebooks/requirements.txt", "notebooks/ipython_kernel_config.py"];
        this.spark = build(
            "spark",
            [...packages, ...jupyter, ...filesUnder("images/spark", [""])],
            "bookworm",
        );
        const trust = "images/spark/build/with-trust";
        if (this.mongoStandIn) {
            const files = [trust, ...filesUnder("images/mongo-stand-in", [""])];
            this.mongo = build("mongo-stand-in", files, "forky");
        } else {
            this.mongo = pulumi.output(args.mongoImage || "mongo:8.0.14");
        }
        if (this.mongoExpressStandIn) {
            const files = [trust, ...filesUnder("images/mongo-express-stand-in", [""])];
            this.mongoExpress = build("mongo-express-stand-in", files, "bookworm");
        } else {
            this.mongoExpress = pulumi.output(args.mongoExpressImage || "mongo-express:1.0.2-20-alpine3.19");
        }
        this.registerOutputs({ spark: this.spark });
    }

    private built(
        name: string,
        args: { image: string; dockerfile: string; files: string[]; base: string; push: boolean },
    ): pulumi.Output<string> {
        const digest = digestOf(args.files);
        const tagged = `${args.image}:${digest}`;
        const image = new docker.RemoteImage(
            name,
            {
                name: tagged,
                // The build's context is not looked into by the provider.
                triggers: { digest, base: args.base },
                // Stopped containers refer to the image that they ran on.
                keepLocally: true,
                build: {
                    context: resolve("."),
                    dockerfile: args.dockerfile,
                    buildArgs: { BASE: args.base, ...proxySettings() },
                    // Packages are fetched as this machine fetches them.
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

/** What the host trusts, and its package settings: there while the build fetches, in no layer of the image. */
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

/** Docker knows these arguments and keeps them out of the image's history. */
function proxySettings(): Record<string, string> {
    const names = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
    return Object.fromEntries(
        names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    );
}

/** The stand-ins are chosen by what set-up has left, so that a preview and the deployment after it agree. */
function hasImage(host: string, image: string): boolean {
    try {
        execFileSync("docker", ["--host", host, "image", "inspect", image], { stdio: "ignore" });
        return true;
    } catch {
        return false;
    }
}
