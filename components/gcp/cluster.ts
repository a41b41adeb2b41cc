import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { GcpSettings } from "../../config/settings.ts";
import type { Network } from "./network.ts";
import { pipPackages } from "./packages.ts";

export interface ClusterArgs
    extends Pick<
        GcpSettings,
        | "region"
        | "machineType"
        | "diskGb"
        | "workers"
        | "maxWorkers"
        | "idleDelete"
        | "components"
        | "imageVersion"
    > {
    /** Name of the cluster and of its autoscaling policy in the project. */
    clusterName: string;
    /** Zone of its machines, in the region. */
    zone: string;
    /** Name of the bucket for drivers' output, temporary files and Jupyter's notebooks. */
    bucket: pulumi.Input<string>;
    network: Network;
    /** Cloud KMS key that its disks may use. Default: Google's own key. */
    kmsKey?: pulumi.Input<string>;
    /** E-mail of the service account of its machines. */
    account: pulumi.Input<string>;
    /** Resources that have to exist before its machines can work. */
    ready: pulumi.Resource[];
}

/** A Dataproc cluster: one master, the configured workers, and Jupyter behind the component gateway. It has no public address. */
export class Cluster extends pulumi.ComponentResource {
    readonly cluster: gcp.dataproc.Cluster;

    constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Cluster", name, {}, opts);
        const { region, bucket, network, workers } = args;
        const policy =
            args.maxWorkers > 0
                ? autoscaling(name, args, { parent: this, dependsOn: args.ready })
                : undefined;
        const machine = {
            machineType: args.machineType,
            diskConfig: { bootDiskSizeGb: args.diskGb, bootDiskType: "pd-balanced" },
        };
        this.cluster = new gcp.dataproc.Cluster(
            `${name}-cluster`,
            {
                name: args.clusterName,
                region,
                gracefulDecommissionTimeout: "600s",
                clusterConfig: {
                    stagingBucket: bucket,
                    tempBucket: bucket,
                    gceClusterConfig: {
                        subnetwork: network.subnet,
                        zone: args.zone,
                        tags: [network.tag],
                        internalIpOnly: true,
                        serviceAccount: args.account,
                        serviceAccountScopes: ["cloud-platform"],
                        shieldedInstanceConfig: {
                            enableSecureBoot: true,
                            enableVtpm: true,
                            enableIntegrityMonitoring: true,
                        },
                        // The SSH keys of the project do not open its machines.
                        metadata: { "block-project-ssh-keys": "true" },
                    },
                    masterConfig: { numInstances: 1, ...machine },
                    workerConfig: { numInstances: workers, ...machine },
                    softwareConfig: {
                        imageVersion: args.imageVersion,
                        optionalComponents: args.components,
                        overrideProperties: properties(bucket),
                    },
                    endpointConfig: { enableHttpPortAccess: true },
                    encryptionConfig: args.kmsKey ? { kmsKeyName: args.kmsKey } : undefined,
                    lifecycleConfig: args.idleDelete ? { idleDeleteTtl: args.idleDelete } : undefined,
                    autoscalingConfig: policy && { policyUri: policy.name },
                },
            },
            {
                parent: this,
                dependsOn: args.ready,
                // Jobs and people refer to the cluster by its name.
                deleteBeforeReplace: true,
                // Autoscaling changes the number of workers.
                ignoreChanges: policy ? ["clusterConfig.workerConfig.numInstances"] : [],
                customTimeouts: { create: "30m", update: "30m", delete: "30m" },
            },
        );
        this.registerOutputs({ cluster: this.cluster.name });
    }

    /** Returns the address of a page behind the component gateway, such as JupyterLab; "" if there is none. */
    page(title: string): pulumi.Output<string> {
        return this.cluster.clusterConfig.apply((config) => config.endpointConfig?.httpPorts?.[title] ?? "");
    }
}

/** Spark's settings: those of the Swarm's `spark-defaults.conf` that do not concern the standalone master. */
function properties(bucket: pulumi.Input<string>): Record<string, pulumi.Input<string>> {
    return {
        "dataproc:pip.packages": pipPackages(),
        "dataproc:jupyter.notebook.gcs.dir": pulumi.interpolate`gs://${bucket}/jupyter`,
        "spark:spark.ui.killEnabled": "false",
    };
}

/** Adds workers when work waits in YARN, and lets workers finish their work before it removes them. */
function autoscaling(
    name: string,
    { clusterName, region, workers, maxWorkers }: ClusterArgs,
    opts: pulumi.CustomResourceOptions,
): gcp.dataproc.AutoscalingPolicy {
    return new gcp.dataproc.AutoscalingPolicy(
        `${name}-autoscaling`,
        {
            policyId: clusterName,
            location: region,
            workerConfig: { minInstances: workers, maxInstances: maxWorkers },
            basicAlgorithm: {
                cooldownPeriod: "120s",
                yarnConfig: { gracefulDecommissionTimeout: "600s", scaleUpFactor: 0.5, scaleDownFactor: 0.5 },
            },
        },
        opts,
    );
}
