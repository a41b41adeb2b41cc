import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { SecretFileRef } from "./service.ts";

export interface SwarmSecretArgs {
    /** What the file holds, made from the generated password. Default: the password itself. */
    content?: (password: string) => string;
    /** The password to make it from. Default: one is generated. */
    password?: pulumi.Input<string>;
}

/** A generated password, and a Docker secret that holds it or something made with it. */
export class SwarmSecret extends pulumi.ComponentResource {
    readonly password: pulumi.Output<string>;
    private readonly secret: docker.Secret;

    constructor(name: string, args: SwarmSecretArgs = {}, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Secret", name, {}, opts);
        const password =
            args.password ??
            new random.RandomPassword(
                `${name}-password`,
                // Letters and digits need no escaping wherever they are put.
                { length: 40, special: false },
                { parent: this },
            ).result;
        this.password = pulumi.secret(password);
        const { content = (text: string) => text } = args;
        // Without a name of its own: a new secret is made before the old one goes, which services hold on to until then.
        this.secret = new docker.Secret(
            `${name}-secret`,
            { data: this.password.apply((text) => Buffer.from(content(text)).toString("base64")) },
            { parent: this, additionalSecretOutputs: ["data"] },
        );
        this.registerOutputs({});
    }

    /** The secret as a file of a container. */
    as(file: string): SecretFileRef {
        return { id: this.secret.id, name: this.secret.name, file };
    }
}
