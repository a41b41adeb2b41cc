import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";
import { statement, textOf, VIEWS } from "./sql.ts";

export interface WarehouseArgs {
    project: string;
    /** Id of the dataset. */
    datasetId: string;
    location: string;
    /** The lake: its readings have to be there. */
    lake: pulumi.Input<string>;
    /** The bucket that the lake is in. */
    bucket: gcp.storage.Bucket;
    /** When the warehouse's own table is filled, such as `every 24 hours`. */
    refresh: string;
    /** Whose rights the filling has. */
    account: gcp.serviceaccount.Account;
    /** IAM members, and service accounts by a short name each, that may query it. */
    readers: string[];
    readerAccounts: Record<string, gcp.serviceaccount.Account>;
    /** A key of Cloud KMS that the service may use; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** Refuses to delete dataset and table. */
    protect: boolean;
}

/**
 * BigQuery over the lake: the files as they are, a table of its own for quick queries, and views that answer the
 * questions. BigQuery wants to see the files when it is told of them, so that it is made after the job that writes them.
 */
export class Warehouse extends pulumi.ComponentResource {
    constructor(name: string, args: WarehouseArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Warehouse", name, {}, opts);
        const { project, location, kmsKey, protect, account } = args;
        const dataset = new gcp.bigquery.Dataset(
            `${name}-dataset`,
            {
                ...{ datasetId: args.datasetId, location, deleteContentsOnDestroy: !protect },
                description: "London's half-hourly readings of electricity, from the lake",
                defaultEncryptionConfiguration: kmsKey ? { kmsKeyName: kmsKey } : undefined,
            },
            { parent: this, protect, dependsOn: opts?.dependsOn },
        );
        const table = this.tables(name, dataset);
        const quoted = `\`${project}.${args.datasetId}\``;

        const files = [
            table("readings_files", { externalDataConfiguration: filesOf(args.lake) }),
            table("readings_pointer", { externalDataConfiguration: pointerOf(args.lake) }),
        ];
        const own = table(
            "readings",
            {
                schema: textOf("readings.json"),
                // 28 months by the month, and then what questions are asked by: few partitions, each worth its while.
                timePartitioning: { type: "MONTH", field: "time" },
                clusterings: ["acorn_group", "tariff", "household"],
                deletionProtection: protect,
            },
            { protect },
        );
        let before: pulumi.Resource[] = files;
        for (const view of VIEWS) {
            const query = statement(view, quoted);
            before = [table(view, { view: { query, useLegacySql: false } }, { dependsOn: before })];
        }
        // Google's own account of the service runs the query in the name of ours; it is made on first use, which is now.
        const agent = new gcp.projects.ServiceIdentity(
            `${name}-agent`,
            { service: "bigquerydatatransfer.googleapis.com" },
            { parent: this, dependsOn: opts?.dependsOn },
        );
        const rights = [
            grant(`${name}-agent`, agent.member, "roles/iam.serviceAccountTokenCreator", { account }, this),
            grant(`${name}-fill`, account, "roles/bigquery.dataEditor", { dataset }, this),
            grant(`${name}-fill`, account, "roles/bigquery.jobUser", { project }, this),
            grant(`${name}-fill`, account, "roles/storage.objectViewer", { bucket: args.bucket }, this),
        ];
        new gcp.bigquery.DataTransferConfig(
            `${name}-fill`,
            {
                displayName: `${args.datasetId}: readings from the lake`,
                // Without a location of its own it looks for the dataset in the US.
                ...{ dataSourceId: "scheduled_query", location, schedule: args.refresh },
                serviceAccountName: account.email,
                params: { query: statement("fill_readings", quoted) },
            },
            { parent: this, dependsOn: [own, ...before, ...rights] },
        );
        for (const member of args.readers) {
            grant(`${name}-reader`, member, "roles/bigquery.dataViewer", { dataset }, this);
        }
        for (const [who, reader] of Object.entries(args.readerAccounts)) {
            grant(`${name}-${who}`, reader, "roles/bigquery.dataViewer", { dataset }, this);
            grant(`${name}-${who}`, reader, "roles/bigquery.jobUser", { project }, this);
        }
        this.registerOutputs({ dataset: dataset.datasetId });
    }

    /** Makes tables and views of the dataset. What holds no rows of its own may go at any time. */
    private tables(name: string, dataset: gcp.bigquery.Dataset) {
        return (
            tableId: string,
            args: Omit<gcp.bigquery.TableArgs, "datasetId" | "tableId">,
            opts?: pulumi.CustomResourceOptions,
        ) =>
            new gcp.bigquery.Table(
                `${name}-${tableId.replaceAll("_", "-")}`,
                { datasetId: dataset.datasetId, tableId, deletionProtection: false, ...args },
                { parent: this, ...opts },
            );
    }
}

type External = gcp.types.input.bigquery.TableExternalDataConfiguration;

/** The Parquet of all runs: columns from the files, run and month from the folders. */
function filesOf(lake: pulumi.Input<string>): External {
    return {
        ...{ sourceFormat: "PARQUET", autodetect: true },
        sourceUris: [pulumi.interpolate`${lake}/readings/*.parquet`],
        hivePartitioningOptions: {
            mode: "CUSTOM",
            sourceUriPrefix: pulumi.interpolate`${lake}/readings/{run:STRING}/{month:STRING}`,
        },
    };
}

/** One line: the folder of the run that readers of the lake see. */
function pointerOf(lake: pulumi.Input<string>): External {
    return {
        ...{ sourceFormat: "CSV", autodetect: false, csvOptions: { quote: "" } },
        sourceUris: [pulumi.interpolate`${lake}/readings/_current`],
        schema: JSON.stringify([{ name: "folder", type: "STRING", mode: "NULLABLE" }]),
    };
}
