import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { SecretFileRef } from "./service.ts";

/**
 * Returns a generated password of letters and digits, which need no escaping anywhere.
 *
 * @param rotation a changed number gives a new password. Default: the password never changes
 */
export function generatedPassword(
    name: string,
    rotation: number | undefined,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const keepers = rotation === undefined ? undefined : { rotation: `${rotation}` };
    const password = new random.RandomPassword(
        `${name}-password`,
        { length: 40, special: false, keepers },
        { parent },
    );
    return pulumi.secret(password.result);
}

export interface SwarmSecretArgs {
    /** Content of the file; it is always treated as a secret. */
    content: pulumi.Input<string>;
}

/** Returns the path of a secret's file in a container. */
export function pathOf({ file }: SecretFileRef): string {
    return `/run/secrets/${file}`;
}

/** A Docker secret. Containers read its content from a file. */
export class SwarmSecret extends pulumi.ComponentResource {
    private readonly secret: docker.Secret;

    constructor(name: string, args: SwarmSecretArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Secret", name, {}, opts);
        // Without a fixed name, the new secret is created before the old one is deleted; services use the old one until then.
        this.secret = new docker.Secret(
            `${name}-secret`,
            {
                data: pulumi.secret(args.content).apply((text) => Buffer.from(text).toString("base64")),
                labels: [{ label: "com.docker.stack.namespace", value: `london-power-${pulumi.getStack()}` }],
            },
            { parent: this, additionalSecretOutputs: ["data"] },
        );
        this.registerOutputs({});
    }

    /** Returns the secret as a file of a container. */
    as(file: string): SecretFileRef {
        return { id: this.secret.id, name: this.secret.name, file };
    }
}
