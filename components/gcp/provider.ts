import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { GcpSettings } from "../../config/settings.ts";

/** The services that the platform uses, and where their paths begin on a server that tests put in Google's place. */
const PATHS = {
    artifactRegistryCustomEndpoint: "/v1/",
    bigQueryCustomEndpoint: "/bigquery/v2/",
    cloudSchedulerCustomEndpoint: "/v1/",
    computeCustomEndpoint: "/compute/v1/",
    dataprocCustomEndpoint: "/v1/",
    firestoreCustomEndpoint: "/v1/",
    // What the client for service accounts and roles reads; nothing reads iamCustomEndpoint.
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
 * Google's provider for one project and place, which labels all that it makes. It logs in by Application Default
 * Credentials, as the jobs' launchers do; for a server of the tests it needs none.
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
