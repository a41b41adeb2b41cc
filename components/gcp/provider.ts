import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { GcpSettings } from "../../config/settings.ts";

/** The services that the platform uses, and the prefix of their paths on a server that tests put in place of Google's. */
const PATHS = {
    artifactRegistryCustomEndpoint: "/v1/",
    bigQueryCustomEndpoint: "/bigquery/v2/",
    cloudSchedulerCustomEndpoint: "/v1/",
    computeCustomEndpoint: "/compute/v1/",
    dataprocCustomEndpoint: "/v1/",
    firestoreCustomEndpoint: "/v1/",
    // The client for service accounts and roles reads this key; nothing reads iamCustomEndpoint.
    iamBetaCustomEndpoint: "/v1/",
    kmsCustomEndpoint: "/v1/",
    resourceManagerCustomEndpoint: "/v1/",
    secretManagerCustomEndpoint: "/v1/",
    serviceUsageCustomEndpoint: "/v1/",
    storageCustomEndpoint: "/storage/v1/",
    workbenchCustomEndpoint: "/v2/",
    workflowsCustomEndpoint: "/v1/",
} satisfies gcp.ProviderArgs;

/**
 * Returns Google's provider for one project and region, which labels all its resources. Like the jobs' launchers, it logs in with
 * Application Default Credentials; it needs none for a server of the tests.
 */
export function googleProvider(
    name: string,
    { project, region, computeZone, labels, endpoint }: GcpSettings,
    opts: pulumi.ResourceOptions,
): gcp.Provider {
    const elsewhere = Object.entries(PATHS).map(([key, path]) => [key, `${endpoint}${path}`]);
    return new gcp.Provider(
        name,
        {
            project,
            region,
            zone: computeZone,
            defaultLabels: labels,
            ...(endpoint && { ...Object.fromEntries(elsewhere), accessToken: "none" }),
        },
        opts,
    );
}
