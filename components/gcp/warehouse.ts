import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { grant } from "./grant.ts";
import { statement, VIEWS } from "./sql.ts";

export interface WarehouseArgs {
    project: string;
    /** Id of the dataset. */
    datasetId: string;
    location: string;
    /** The lake, which must already have readings. */
    lake: pulumi.Input<string>;
    /** IAM members and service accounts that may query it, by a short name for each. */
    readers: string[];
    readerAccounts: Record<string, gcp.serviceaccount.Account>;
    /** Cloud KMS key that the service may use. Default: Google's own key. */
    kmsKey?: pulumi.Input<string>;
    /** Whether the dataset refuses to be deleted. */
    protect: boolean;
}

/**
 * BigQuery on the lake: an external table of its files, and views that answer the questions. It stores no rows. BigQuery reads the
 * files when the table is created, so this comes after the job that writes them.
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

    /** Creates a table or view of the dataset. It has no rows of its own, so it may be deleted at any time. */
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

/** Describes the Parquet files that the lake shows its readers: columns from the files, run and month from the folders. */
function filesOf(lake: pulumi.Input<string>): External {
    return {
        sourceFormat: "PARQUET",
        autodetect: true,
        // A query reads this list once and therefore sees the files of one run. `/*` would include the files of unfinished runs.
        fileSetSpecType: "FILE_SET_SPEC_TYPE_NEW_LINE_DELIMITED_MANIFEST",
        sourceUris: [pulumi.interpolate`${lake}/readings/_manifest`],
        hivePartitioningOptions: {
            mode: "CUSTOM",
            sourceUriPrefix: pulumi.interpolate`${lake}/readings/{run:STRING}/{month:STRING}`,
        },
    };
}
