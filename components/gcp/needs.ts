// What the settings need of Google Cloud beyond what every platform needs.
import type { GcpSettings } from "../../config/settings.ts";
import type { Role } from "./accounts.ts";

/** Services beside those that every platform needs. */
export function servicesFor(settings: GcpSettings): string[] {
    const { mongoUri, schedule, compute, workbenchMachineType, kmsKey } = settings;
    return [
        ...(mongoUri ? [] : ["firestore"]),
        ...(workbenchMachineType ? ["notebooks"] : []),
        ...(schedule ? ["cloudscheduler"] : []),
        ...(schedule && compute === "serverless" ? ["workflows", "workflowexecutions"] : []),
        ...(buildsImage(settings) ? ["artifactregistry", "cloudbuild"] : []),
        ...(kmsKey ? ["cloudkms"] : []),
    ];
}

/** Service accounts beside that of the jobs. */
export function rolesFor(settings: GcpSettings): Role[] {
    const { schedule, workbenchMachineType } = settings;
    return [
        ...(workbenchMachineType ? ["notebook" as const] : []),
        ...(schedule ? ["scheduler" as const] : []),
        ...(buildsImage(settings) ? ["builder" as const] : []),
    ];
}

/** Whether Cloud Build makes the image of Serverless batches: the user has named none. */
export function buildsImage({ compute, serverlessImage }: GcpSettings): boolean {
    return compute === "serverless" && serverlessImage === "";
}
