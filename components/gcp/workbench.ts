import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { filesUnder } from "../common/digest.ts";
import { grant } from "./grant.ts";
import type { Network } from "./network.ts";

/** Returns the files that an instance needs; startup.sh installs them. */
export function workbenchFiles(): string[] {
    return [
        ...filesUnder("notebooks", [".ipynb", ".py", ".txt", ".sh"]),
        ...filesUnder("jobs/pyspark/london_power", [".py"]),
        "jobs/requirements.txt",
    ];
}

export interface WorkbenchArgs {
    /** Name of the instance in the project. */
    instanceName: string;
    /** Zone of the instance. */
    zone: string;
    machineType: string;
    /** Idle time after which it stops, in minutes. */
    idleMinutes: number;
    network: Network;
    account: gcp.serviceaccount.Account;
    /** IAM members that may open it. */
    users: string[];
    /** gs:// URI of the folder with `workbenchFiles`. */
    files: pulumi.Input<string>;
    /** Environment variables through which a notebook finds the platform; none is a secret. */
    environment: Record<string, pulumi.Input<string>>;
    /** Cloud KMS key that its disks may use. Default: Google's own key. */
    kmsKey?: pulumi.Input<string>;
    /** Whether the instance refuses to be deleted. */
    protect: boolean;
}

/**
 * A Workbench instance: JupyterLab behind Google's proxy, which asks for a login. It stops when nobody uses it, and has the
 * project's notebooks and their kernel.
 */
export class Workbench extends pulumi.ComponentResource {
    /** Address of JupyterLab. */
    readonly address: pulumi.Output<string>;

    constructor(name: string, args: WorkbenchArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Workbench", name, {}, opts);
        const { account, network, kmsKey } = args;
        const encryption = kmsKey ? { diskEncryption: "CMEK", kmsKey } : {};
        const instance = new gcp.workbench.Instance(
            `${name}-instance`,
            {
                // A zone, while most resources take a region.
                name: args.instanceName,
                location: args.zone,
                enableDeletionProtection: args.protect,
                gceSetup: {
                    machineType: args.machineType,
                    disablePublicIp: true,
                    networkInterfaces: [{ network: network.network, subnet: network.subnet }],
                    serviceAccounts: [{ email: account.email }],
                    vmImage: { project: "cloud-notebooks-managed", family: "workbench-instances" },
                    bootDisk: { diskType: "PD_BALANCED", diskSizeGb: "150", ...encryption },
                    dataDisks: { diskType: "PD_BALANCED", diskSizeGb: "100", ...encryption },
                    shieldedInstanceConfig: {
                        enableSecureBoot: true,
                        enableVtpm: true,
                        enableIntegrityMonitoring: true,
                    },
                    metadata: {
                        "idle-timeout-seconds": `${args.idleMinutes * 60}`,
                        "notebook-disable-root": "true",
                        "block-project-ssh-keys": "true",
                        "post-startup-script": pulumi.interpolate`${args.files}/notebooks/workbench/startup.sh`,
                        "post-startup-script-behavior": "download_and_run_every_start",
                        "london-power-files": args.files,
                        "london-power-environment": pulumi.jsonStringify(args.environment),
                    },
                },
            },
            { parent: this, dependsOn: network.ready, protect: args.protect },
        );
        // The instance has no owners, because owners cannot be changed later. Everybody who may use its service account may
        // open it.
        for (const user of args.users) {
            grant(`${name}-user`, user, "roles/iam.serviceAccountUser", { account }, this);
        }
        this.address = instance.proxyUri.apply((host) => (host ? `https://${host}/lab` : ""));
        this.registerOutputs({ address: this.address });
    }
}
