/** What a driver does, as it goes from the program to whatever starts the driver: the same on every target. */
export interface Work {
    /** Name of the job: 1 to 40 lower-case letters, digits and hyphens. At most one run of a job is under way at a time. */
    job: string;
    /** Path of the PySpark script, relative to the project's folder. */
    script: string;
    /** What follows the script on the command line, but for `--run`; never a secret. */
    args: string[];
    /** Spark properties beyond those that the target sets. */
    conf: Record<string, string>;
    /** Whose logins to MongoDB the driver may read; its arguments say where the files are. */
    uses: string[];
}

/** A JSON Schema. */
export type JsonSchema = object;

/** A job that runs again by the clock, on what was last deployed. */
export interface ScheduledWork extends Work {
    /** Names of the jobs that have to succeed before. */
    after: string[];
}
