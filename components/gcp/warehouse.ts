import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";
import { statement, VIEWS } from "./sql.ts";

export interface WarehouseArgs {
    project: string;
    /** Id of the dataset. */
    datasetId: string;
    location: string;
    /** The lake: its readings have to be there. */
    lake: pulumi.Input<string>;
    /** IAM members, and service accounts by a short name each, that may query it. */
    readers: string[];
    readerAccounts: Record<string, gcp.serviceaccount.Account>;
    /** A key of Cloud KMS that the service may use; absent for Google's own. */
    kmsKey?: pulumi.Input<string>;
    /** Refuses to delete the dataset. */
    protect: boolean;
}

/**
 * BigQuery over the lake: its files as they are, and views that answer the questions; it holds no rows. BigQuery wants to see
 * the files when it is told of them, so that it is made after the job that writes them.
 */
export class Warehouse extends pulumi.ComponentResource {
    constructor(name: string, args: WarehouseArgs, opts?: pulumi.ComponentResourceOptions) {
        super("london-power:gcp:Warehouse", name, {}, opts);
        const { project, location, kmsKey, protect } = args;
        const dataset = new gcp.bigquery.Dataset(
            `${name}-dataset`,
            {
                datasetId: args.datasetId,
                location,
                deleteContentsOnDestroy: !protect,
                description: "London's half-hourly readings of electricity, from the lake",
                defaultEncryptionConfiguration: kmsKey ? { kmsKeyName: kmsKey } : undefined,
            },
            { parent: this, protect, dependsOn: opts?.dependsOn },
        );
        const table = this.tables(name, dataset);
        const quoted = `\`${project}.${args.datasetId}\``;

        let before = table("readings_files", { externalDataConfiguration: filesOf(args.lake) });
        for (const view of VIEWS) {
            const query = statement(view, quoted);
            before = table(view, { view: { query, useLegacySql: false } }, { dependsOn: before });
        }
        for (const member of args.readers) {
            grant(`${name}-reader`, member, "roles/bigquery.dataViewer", { dataset }, this);
        }
        for (const [who, reader] of Object.entries(args.readerAccounts)) {
            grant(`${name}-${who}`, reader, "roles/bigquery.dataViewer", { dataset }, this);
            grant(`${name}-${who}`, reader, "roles/bigquery.jobUser", { project }, this);
        }
        this.registerOutputs({ dataset: dataset.datasetId });
    }

    /** Makes tables and views of the dataset. They hold no rows, and may go at any time. */
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

/** The Parquet that the lake shows its readers: columns from the files, run and month from the folders. */
function filesOf(lake: pulumi.Input<string>): External {
    return {
        sourceFormat: "PARQUET",
        autodetect: true,
        // A query reads this list once, so that it sees the files of one run. `/*` would also find what a run has not finished.
        fileSetSpecType: "FILE_SET_SPEC_TYPE_NEW_LINE_DELIMITED_MANIFEST",
        sourceUris: [pulumi.interpolate`${lake}/readings/_manifest`],
        hivePartitioningOptions: {
            mode: "CUSTOM",
            sourceUriPrefix: pulumi.interpolate`${lake}/readings/{run:STRING}/{month:STRING}`,
        },
    };
}
