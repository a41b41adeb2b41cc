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
    /** Its name in the project, and that of its autoscaling policy. */
    clusterName: string;
    /** Zone of its machines, one of the region's. */
    zone: string;
    /** Name of the bucket for output of drivers, temporary files and Jupyter's notebooks. */
    bucket: pulumi.Input<string>;
    network: Network;
    /** A key of Cloud KMS that its disks may use; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** E-mail of the service account of its machines. */
    account: pulumi.Input<string>;
    /** What has to be there before its machines can do their work. */
    ready: pulumi.Resource[];
}

/** A Dataproc cluster: one master, workers as configured, Jupyter behind the component gateway, no public address. */
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
                        // No key of the project's opens its machines.
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
                // Its name is what jobs and people know it by.
                deleteBeforeReplace: true,
                // A growing cluster has other workers than it began with, and not by anybody's hand.
                ignoreChanges: policy ? ["clusterConfig.workerConfig.numInstances"] : [],
                customTimeouts: { create: "30m", update: "30m", delete: "30m" },
            },
        );
        this.registerOutputs({ cluster: this.cluster.name });
    }

    /** Address of one of its pages behind the component gateway, such as JupyterLab; "" where it has none. */
    page(title: string): pulumi.Output<string> {
        return this.cluster.clusterConfig.apply((config) => config.endpointConfig?.httpPorts?.[title] ?? "");
    }
}

/** Spark's settings are those of the Swarm's `spark-defaults.conf`, as far as they are not about its standalone master. */
function properties(bucket: pulumi.Input<string>): Record<string, pulumi.Input<string>> {
    return {
        "dataproc:pip.packages": pipPackages(),
        "dataproc:jupyter.notebook.gcs.dir": pulumi.interpolate`gs://${bucket}/jupyter`,
        "spark:spark.ui.killEnabled": "false",
    };
}

/** Grows by what waits in YARN, and lets workers finish their work before they go. */
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
