// The notebooks after they have been run from end to end: what their cells have put out.
interface Notebook {
    cells: { outputs?: { text?: string[]; data?: Record<string, unknown> }[] }[];
}

/** The findings in an executed notebook. */
export interface Findings {
    /** The readings that it has counted in the lake, as it prints them. */
    readings: string | undefined;
    /** The runs whose stored answers it has found to be the same as its own, by question. */
    sameAs: Record<string, string>;
    /** How many pictures it has drawn. */
    pictures: number;
}

type ByNotebook = Record<"startup_default_mongo" | "analysis_final", Findings>;

/** What they tell on a platform whose stack has these outputs. */
export function expectedFindings(outputs: {
    rows: { stored: number };
    runs: { analyze: { id: string } };
}): ByNotebook {
    const { id } = outputs.runs.analyze;
    return {
        startup_default_mongo: {
            readings: outputs.rows.stored.toLocaleString("en"),
            sameAs: {},
            pictures: 0,
        },
        analysis_final: {
            readings: undefined,
            sameAs: { monthly_by_acorn: id, std_vs_tou: id },
            pictures: 3,
        },
    };
}

/** What they tell where `execute` runs them: it takes a notebook's name and returns the executed notebook. */
export async function findings(execute: (name: string) => Promise<string>): Promise<ByNotebook> {
    return {
        startup_default_mongo: findingsOf(await execute("startup_default_mongo")),
        analysis_final: findingsOf(await execute("analysis_final")),
    };
}

function findingsOf(executed: string): Findings {
    const outputs = (JSON.parse(executed) as Notebook).cells.flatMap((cell) => cell.outputs ?? []);
    const text = outputs.flatMap((output) => output.text ?? []).join("");
    return {
        readings: text.match(/^([\d,]+) readings in the lake$/m)?.[1],
        sameAs: Object.fromEntries(
            [...text.matchAll(/^(\w+): \d+ rows, the same as those of run (\S+)$/gm)].map(
                ([, question, run]) => [question, run],
            ),
        ),
        pictures: outputs.filter(({ data }) => data?.["image/png"]).length,
    };
}
