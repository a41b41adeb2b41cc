import { type Inputs, rule, UNKNOWN } from "./rule.ts";

const LOOPBACK = ["127.0.0.1", "::1"];
const ANYWHERE = ["0.0.0.0/0", "::/0"];

export const loopbackOnly = rule("loopback-only", "Ports are open on the loopback address only.", {
    *"docker:index/container:Container"({ ports, networkMode }: Inputs) {
        for (const { internal, external, ip } of ports ?? []) {
            if (ip !== UNKNOWN && !LOOPBACK.includes(ip)) {
                const where = ip ?? "every address of the machine (no ip is given)";
                yield `Port ${external ?? "?"}:${internal} is open on ${where}. Set ip: "127.0.0.1".`;
            }
        }
        if (networkMode === "host") {
            yield "With networkMode host its ports are open on the machine. Attach it to a network instead.";
        }
    },
    *"docker:index/service:Service"({ endpointSpec }: Inputs) {
        for (const { targetPort, publishedPort } of endpointSpec?.ports ?? []) {
            yield `Port ${publishedPort ?? "?"}:${targetPort} is open on every address of every node, as every published port ` +
                "of a service is. Publish none, and add a route to the gateway (components/swarm/routes.ts).";
        }
    },
    *"gcp:compute/firewall:Firewall"({ direction, allows, sourceRanges, disabled }: Inputs) {
        const open = (sourceRanges ?? []).filter((range: string) => ANYWHERE.includes(range));
        if (direction !== "EGRESS" && disabled !== true && allows?.length > 0 && open.length > 0) {
            yield `It lets in ${open.join(" and ")}, which is everybody. Name the sources, or sign in through ` +
                "IAP (35.235.240.0/20).";
        }
    },
});

export const noPublicAddresses = rule("no-public-addresses", "No machine has a public address.", {
    *"gcp:compute/instance:Instance"({ networkInterfaces }: Inputs) {
        if ((networkInterfaces ?? []).some(hasExternalAccess)) {
            yield "It has an access configuration, that is a public address. Leave accessConfigs out; Cloud NAT lets it reach out.";
        }
    },
    *"gcp:compute/instanceTemplate:InstanceTemplate"({ networkInterfaces }: Inputs) {
        if ((networkInterfaces ?? []).some(hasExternalAccess)) {
            yield "Its machines get public addresses. Leave accessConfigs out; Cloud NAT lets them reach out.";
        }
    },
    *"gcp:compute/address:Address"({ addressType }: Inputs) {
        if (addressType !== "INTERNAL" && addressType !== UNKNOWN) {
            yield 'It is a public address. Set addressType: "INTERNAL".';
        }
    },
    *"gcp:compute/globalAddress:GlobalAddress"({ addressType }: Inputs) {
        if (addressType !== "INTERNAL" && addressType !== UNKNOWN) {
            yield 'It is a public address. Set addressType: "INTERNAL".';
        }
    },
    *"gcp:dataproc/cluster:Cluster"({ clusterConfig }: Inputs) {
        if (!clusterConfig?.gceClusterConfig?.internalIpOnly) {
            yield "Its machines get public addresses. Set clusterConfig.gceClusterConfig.internalIpOnly: true.";
        }
    },
    *"gcp:workbench/instance:Instance"({ gceSetup }: Inputs) {
        if (!gceSetup?.disablePublicIp) {
            yield "It gets a public address. Set gceSetup.disablePublicIp: true.";
        }
    },
    *"gcp:sql/databaseInstance:DatabaseInstance"({ settings }: Inputs) {
        if (settings?.ipConfiguration?.ipv4Enabled !== false) {
            yield "It gets a public address. Set settings.ipConfiguration.ipv4Enabled: false and a private network.";
        }
    },
});

function hasExternalAccess(networkInterface: Inputs): boolean {
    return networkInterface.accessConfigs?.length > 0 || networkInterface.ipv6AccessConfigs?.length > 0;
}
