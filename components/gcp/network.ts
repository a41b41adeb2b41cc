import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

export interface NetworkArgs {
    /** Names of what is made: its own, and a part added. */
    prefix: string;
    region: pulumi.Input<string>;
    /** Addresses of the subnet, in CIDR notation. */
    range: string;
    /** True where drivers and executors are Serverless batches, which no tag tells from others in the subnet. */
    wholeSubnet: boolean;
}

/** A network of the platform's own. Nothing in it has a public address; it reaches out through Cloud NAT. */
export class Network extends pulumi.ComponentResource {
    /** URI of the network. */
    readonly network: pulumi.Output<string>;
    /** URI of the subnet. */
    readonly subnet: pulumi.Output<string>;
    /** Tag of machines that may talk to each other. */
    readonly tag: string;
    /** What has to be there before a machine can do its work. */
    readonly ready: pulumi.Resource[];

    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Network", name, {}, opts);
        const { prefix, region, range } = args;
        const child = { parent: this, dependsOn: opts?.dependsOn };
        const network = new gcp.compute.Network(
            `${name}-network`,
            { name: prefix, autoCreateSubnetworks: false, routingMode: "REGIONAL" },
            child,
        );
        const subnet = new gcp.compute.Subnetwork(
            `${name}-subnet`,
            {
                name: prefix,
                network: network.id,
                region,
                ipCidrRange: range,
                // Machines without a public address reach Google's own services all the same.
                privateIpGoogleAccess: true,
            },
            child,
        );
        const router = new gcp.compute.Router(
            `${name}-router`,
            { name: prefix, network: network.id, region },
            child,
        );
        const nat = new gcp.compute.RouterNat(
            `${name}-nat`,
            {
                name: prefix,
                router: router.name,
                region,
                natIpAllocateOption: "AUTO_ONLY",
                sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
                subnetworks: [{ name: subnet.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
                logConfig: { enable: true, filter: "ERRORS_ONLY" },
            },
            child,
        );
        this.tag = `${prefix}-spark`;
        // A Spark cluster's machines talk on ports of their choice; nothing else is let in, as no other rule is made.
        const within = args.wholeSubnet
            ? { sourceRanges: [range], destinationRanges: [range] }
            : { sourceTags: [this.tag], targetTags: [this.tag] };
        const firewall = new gcp.compute.Firewall(
            `${name}-firewall`,
            {
                name: `${prefix}-spark`,
                network: network.id,
                direction: "INGRESS",
                ...within,
                allows: [{ protocol: "tcp" }, { protocol: "udp" }, { protocol: "icmp" }],
            },
            child,
        );
        this.network = network.id;
        this.subnet = subnet.id;
        this.ready = [subnet, nat, firewall];
        this.registerOutputs({ subnet: this.subnet });
    }
}
