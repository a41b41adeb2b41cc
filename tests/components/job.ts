import type { Job } from "../../components/common/job.ts";

/** A job that has no more than a name, but for what a test gives it. */
export function jobWith(name: string, given: Partial<Job> = {}): Job {
    const script = `jobs/pyspark/${name}.py`;
    return {
        name,
        script,
        args: [],
        reads: {},
        after: [],
        uses: [],
        conf: {},
        publishes: [],
        results: { schema: {}, outputs: () => ({}) },
        ...given,
    };
}
