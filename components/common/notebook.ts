import type * as pulumi from "@pulumi/pulumi";
import type { DataPlatform } from "./platform.ts";

/** The environment variables that tell a notebook where its platform is; jobs/pyspark/london_power/notebook.py reads them. */
export function notebookEnvironment({
    lake,
    documents,
}: Pick<DataPlatform, "lake" | "documents">): Record<string, pulumi.Output<string>> {
    return {
        LONDON_POWER_LAKE: lake,
        LONDON_POWER_MONGO_CREDENTIALS: documents.as("analysis").file,
        LONDON_POWER_MONGO_DATABASE: documents.database,
    };
}
