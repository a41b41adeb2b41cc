import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

export interface NetworkArgs {
    /** Name of the network, and prefix of the names of its parts. */
    prefix: string;
    region: pulumi.Input<string>;
    /** Addresses of the subnet, in CIDR notation. */
    range: string;
    /** Whether jobs are Serverless batches; their machines have no tag that distinguishes them in the subnet. */
    wholeSubnet: boolean;
}

/** The platform's own network. No machine in it has a public address; outgoing connections use Cloud NAT. */
export class Network extends pulumi.ComponentResource {
    /** URI of the network. */
    readonly network: pulumi.Output<string>;
    /** URI of the subnet. */
    readonly subnet: pulumi.Output<string>;
    /** Tag of machines that may talk to each other. */
    readonly tag: string;
    /** Resources that have to exist before a machine can work. */
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
                // Lets machines without a public address reach Google's services.
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
        // The machines of a Spark cluster use arbitrary ports. There is no other rule, so nothing else may connect.
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
