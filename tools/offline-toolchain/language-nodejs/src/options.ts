// The `runtime.options` of Pulumi.yaml and PulumiPlugin.yaml, with the meaning that the official host gives them.
import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb.js";

/** What the CLI always sends, though the protocol calls it optional. */
export function programInfo(request: { getInfo(): ProgramInfo | undefined }): ProgramInfo {
    const info = request.getInfo();
    if (!info) throw new Error("the request does not say which program it is about");
    return info;
}

export interface Options {
    nodeArgs: string[];
    environment: Record<string, string>;
}

export function readOptions(info: ProgramInfo): Options {
    const raw = (info.getOptions()?.toJavaScript() ?? {}) as Record<string, unknown>;
    const environment: Record<string, string> = {};
    if (expect(raw, "typescript", "boolean") ?? true) environment.PULUMI_NODEJS_TYPESCRIPT = "true";
    const tsconfig = expect(raw, "tsconfig", "string");
    if (tsconfig) environment.PULUMI_NODEJS_TSCONFIG_PATH = tsconfig;
    return { nodeArgs: words(expect(raw, "nodeargs", "string") ?? ""), environment };
}

interface Kinds {
    boolean: boolean;
    string: string;
}

function expect<K extends keyof Kinds>(
    raw: Record<string, unknown>,
    key: string,
    kind: K,
): Kinds[K] | undefined {
    const value = raw[key];
    if (value === undefined) return undefined;
    if (typeof value !== kind) throw new Error(`the runtime option "${key}" must be a ${kind}`);
    return value as Kinds[K];
}

/** Splits as a shell would, as far as quotes and blanks go. */
export function words(line: string): string[] {
    const found = line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g);
    return [...found].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
