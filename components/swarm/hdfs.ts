import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Placement } from "./placement.ts";
import { swarmService } from "./service.ts";

/** HDFS's user in our image, its superuser. */
const HDFS_UID = 10002;

export interface HdfsArgs {
    image: pulumi.Input<string>;
    /** Id of the network. */
    network: pulumi.Input<string>;
    /** How many datanodes, each with a volume of its own. */
    datanodes: number;
    placement: Placement;
}

/** HDFS with one namenode; it holds the lake. */
export class Hdfs extends pulumi.ComponentResource {
    readonly lake: pulumi.Output<string>;
    /** Changes when HDFS is created again. */
    readonly generation: pulumi.Output<string>;
    /** The services that have to run before files can be read and written. */
    readonly services: docker.Service[];

    constructor(name: string, args: HdfsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:swarm:Hdfs", name, {}, opts);
        const { image, network, placement } = args;
        const volume = new docker.Volume(`${name}-names`, {}, { parent: this });
        const common = {
            image,
            network,
            user: "hdfs",
            uid: HDFS_UID,
            memoryFolders: ["/tmp"],
            memory: 768,
        };
        const namenode = swarmService(
            `${name}-namenode`,
            {
                ...common,
                name: "namenode",
                command: ["namenode"],
                volumes: { "/var/hdfs": volume.name },
                constraints: placement.home,
                health: ["health", "namenode"],
            },
            { parent: this },
        );
        const datanodes = Array.from({ length: args.datanodes }, (_, i) => {
            // On another node, that node's engine creates the volume when the datanode starts. Its name contains that of the
            // namenode's volume, because another namenode cannot use the blocks.
            const blocks = placement.isRemote(i)
                ? pulumi.interpolate`${volume.name}-blocks-${i}`
                : new docker.Volume(`${name}-blocks-${i}`, {}, { parent: this }).name;
            return swarmService(
                `${name}-datanode-${i}`,
                {
                    ...common,
                    name: `datanode-${i}`,
                    command: ["datanode"],
                    volumes: { "/var/hdfs": blocks },
                    constraints: placement.datanode(i),
                    health: ["health", "datanode"],
                },
                { parent: this },
            );
        });
        this.services = [namenode, ...datanodes];
        this.generation = volume.name;
        this.lake = pulumi.output("hdfs://namenode:9000/lake");
        this.registerOutputs({ lake: this.lake });
    }
}
