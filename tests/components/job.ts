import type { Job } from "../../components/common/job.ts";

/** Returns a job with only a name and the values that a test gives it. */
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
