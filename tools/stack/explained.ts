import { existsSync, readFileSync } from "node:fs";

/** Returns how to repair an error of Pulumi that has its cause outside of the program; "" for any other error. */
export function explained(stack: string, error: string): string {
    const file = `Pulumi.${stack}.yaml`;
    if (/failed to (en|de)crypt: incorrect passphrase/.test(error)) {
        return (
            `The state of stack ${stack} was encrypted with another passphrase than ${passphrase()}. ` +
            "Name the right one: export PULUMI_CONFIG_PASSPHRASE_FILE=/its/file\n"
        );
    }
    if (/incorrect passphrase/.test(error)) {
        return (
            `The line encryptionsalt in ${file} was made with another passphrase than ${passphrase()}. ` +
            "Name the right one, export PULUMI_CONFIG_PASSPHRASE_FILE=/its/file; or, where the line is another deployment's, " +
            `remove it: sed -i.bak /^encryptionsalt:/d ${file}\n`
        );
    }
    if (/message authentication failed/.test(error)) {
        return (
            `A secret in ${file} was encrypted with another salt or passphrase than those of this clone (${passphrase()}). ` +
            `Set it again: ${secretsIn(file)
                .map((key) => `pulumi config set --secret ${key} --stack ${stack}`)
                .join("; ")}\n`
        );
    }
    if (
        /unable to open bucket|read ".pulumi\/meta.yaml"|PULUMI_ACCESS_TOKEN|connect: |no such host/.test(
            error,
        )
    ) {
        return `Pulumi's backend does not answer. ${backend()}\n`;
    }
    return "";
}

function passphrase(): string {
    const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
    return PULUMI_CONFIG_PASSPHRASE === undefined
        ? `that in ${PULUMI_CONFIG_PASSPHRASE_FILE ?? "PULUMI_CONFIG_PASSPHRASE_FILE, which is not set"}`
        : "that in PULUMI_CONFIG_PASSPHRASE";
}

function backend(): string {
    const address = process.env.PULUMI_BACKEND_URL;
    return address
        ? `It is ${address}, by PULUMI_BACKEND_URL. For the clone's own state: unset PULUMI_BACKEND_URL`
        : "It is the one that you are logged in to. For the clone's own state: pulumi logout";
}

/** Returns the keys of the secret values in a stack file. */
function secretsIn(file: string): string[] {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return [...text.matchAll(/^ {2}(\S+):\n {4}secure:/gm)].map(([, key]) => key as string);
}
