// The resources whose data are lost when they are replaced or deleted.
import type { Change } from "./changes.ts";

const LOST: Record<string, string> = {
    "docker:index/volume:Volume": "what is in the volume",
    "london-power:local:Directory": "the lake, MongoDB's data, logs and results",
    "london-power:local:MongoServer": "MongoDB's data",
    "gcp:storage/bucket:Bucket": "all objects of the bucket",
    "gcp:bigquery/dataset:Dataset": "the dataset's tables",
    "gcp:bigquery/table:Table": "the table's rows",
    "gcp:firestore/database:Database": "all documents of the database",
    "gcp:sql/databaseInstance:DatabaseInstance": "all of its databases",
    "gcp:compute/disk:Disk": "what is on the disk",
    "gcp:workbench/instance:Instance": "the notebooks on its disk",
    "gcp:secretmanager/secret:Secret": "all versions of the secret",
    "gcp:dataproc/cluster:Cluster": "what is in the cluster's own HDFS, and running jobs",
};

/** Returns what is lost with a change; `undefined` for nothing. */
export function lostBy({ type, operation }: Change): string | undefined {
    return operation === "replace" || operation === "delete" ? LOST[type] : undefined;
}
