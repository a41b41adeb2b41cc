import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { SecretFileRef } from "./service.ts";

/**
 * A generated password of letters and digits, which need no escaping wherever they are put.
 *
 * @param rotation another number is another password. Default: it stays as it is
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
    /** What the file holds; always kept as a secret. */
    content: pulumi.Input<string>;
}

/** Where a container finds the files of its secrets. */
export function pathOf({ file }: SecretFileRef): string {
    return `/run/secrets/${file}`;
}

/** A Docker secret, whose content containers find in a file. */
export class SwarmSecret extends pulumi.ComponentResource {
    private readonly secret: docker.Secret;

    constructor(name: string, args: SwarmSecretArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Secret", name, {}, opts);
        // Without a name of its own: a new secret is made before the old one goes, which services hold on to until then.
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

    /** The secret as a file of a container. */
    as(file: string): SecretFileRef {
        return { id: this.secret.id, name: this.secret.name, file };
    }
}
