import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { filesUnder } from "../common/digest.ts";
import { grant } from "./grant.ts";
import type { Network } from "./network.ts";

/** What an instance needs; startup.sh puts it to use. */
export function workbenchFiles(): string[] {
    return [
        ...filesUnder("notebooks", [".ipynb", ".py", ".txt", ".sh"]),
        ...filesUnder("jobs/pyspark/london_power", [".py"]),
        "jobs/requirements.txt",
    ];
}

export interface WorkbenchArgs {
    /** Its name in the project. */
    instanceName: string;
    /** Zone that it is in. */
    zone: string;
    machineType: string;
    /** Idle time after which it stops, in minutes. */
    idleMinutes: number;
    network: Network;
    account: gcp.serviceaccount.Account;
    /** IAM members that may open it. */
    users: string[];
    /** gs:// folder of `workbenchFiles`. */
    files: pulumi.Input<string>;
    /** The environment in which a notebook finds the platform; no secret. */
    environment: Record<string, pulumi.Input<string>>;
    /** A key of Cloud KMS that its disks may use; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** Refuses to be deleted. */
    protect: boolean;
}

/**
 * A Workbench instance: JupyterLab for people, behind Google's proxy, which asks who they are. It stops when nobody uses
 * it, and has the project's notebooks with the kernel that they run on.
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
                // Other than most: a zone.
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
        // Without owners of its own, which could not be changed later, it opens for whoever may use its service account.
        for (const user of args.users) {
            grant(`${name}-user`, user, "roles/iam.serviceAccountUser", { account }, this);
        }
        this.address = instance.proxyUri.apply((host) => (host ? `https://${host}/lab` : ""));
        this.registerOutputs({ address: this.address });
    }
}
