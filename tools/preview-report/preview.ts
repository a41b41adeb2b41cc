// Reads the output of `pulumi preview --json`.

/** A property's value; objects are plain JSON. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Properties = Record<string, Value>;

export type Operation = "create" | "update" | "replace" | "delete";

/** The operation that the engine plans for one resource. */
export interface Step {
    urn: string;
    type: string;
    name: string;
    operation: Operation | "same";
    /** The present inputs, if the resource exists, and the new inputs, if the program has the resource. */
    before?: Properties;
    after?: Properties;
    /** Paths of the changes that the provider has found, such as `mode.replicated.replicas`; true for those that need a new
     * resource. */
    touched: Map<string, boolean>;
}

export interface Message {
    urn?: string;
    text: string;
    severity: "info" | "info#err" | "warning" | "error";
}

export interface Preview {
    steps: Map<string, Step>;
    messages: Message[];
    /** Whether the stack has resources, so that the steps are relative to them. */
    deployed: boolean;
}

/** Pulumi's placeholders for values that are known only after the deployment, one for each type of value. */
const UNKNOWN = [
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

export function isUnknown(value: Value | undefined): boolean {
    return typeof value === "string" && UNKNOWN.some((id) => value.includes(id));
}

interface Json {
    steps?: {
        op: string;
        urn: string;
        oldState?: { inputs?: Properties };
        newState?: { inputs?: Properties };
        detailedDiff?: Record<string, { kind: string }> | null;
        diffReasons?: string[];
        replaceReasons?: string[];
    }[];
    diagnostics?: { urn?: string; message: string; severity: Message["severity"] }[];
}

/** Our names of the engine's operations. The engine splits the replacement of a resource into up to three steps. */
const OPERATIONS: Record<string, Step["operation"]> = {
    create: "create",
    import: "create",
    same: "same",
    update: "update",
    delete: "delete",
    replace: "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
};

/** @throws {SyntaxError} if the text is not JSON, for example because Pulumi failed before the preview */
export function readPreview(text: string): Preview {
    const { steps = [], diagnostics = [] }: Json = JSON.parse(text);
    const found = new Map<string, Step>();
    for (const { op, urn, oldState, newState, detailedDiff, diffReasons, replaceReasons } of steps) {
        const [type = "", name = ""] = urn.split("::").slice(2);
        const operation = OPERATIONS[op];
        // Providers and components only structure the program; nothing is created for them.
        const leaf = type.split("$").at(-1) as string;
        if (!operation || leaf.startsWith("pulumi:") || isComponent(newState ?? oldState)) {
            continue;
        }
        const earlier = found.get(urn);
        const touched = earlier?.touched ?? new Map<string, boolean>();
        for (const path of [...(diffReasons ?? []), ...(replaceReasons ?? [])]) {
            touched.set(path, replaceReasons?.includes(path) ?? false);
        }
        for (const [path, { kind }] of Object.entries(detailedDiff ?? {})) {
            touched.set(path, kind.endsWith("-replace"));
        }
        found.set(urn, {
            urn,
            type: leaf,
            name,
            touched,
            operation: earlier?.operation === "replace" ? "replace" : operation,
            before: earlier?.before ?? withoutMarks(oldState?.inputs),
            after: withoutMarks(newState?.inputs) ?? earlier?.after,
        });
    }
    return {
        steps: found,
        messages: diagnostics.map(({ urn, message, severity }) => ({ urn, text: message.trim(), severity })),
        deployed: steps.some(({ op }) => op !== "create"),
    };
}

function isComponent(state: object | undefined): boolean {
    return state !== undefined && "custom" in state && state.custom === false;
}

/** Returns inputs without the bridge's notes about defaults. */
function withoutMarks<T extends Value | undefined>(value: T): T {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map(withoutMarks) as T;
    }
    const entries = Object.entries(value).filter(([key]) => key !== "__defaults");
    return Object.fromEntries(entries.map(([key, item]) => [key, withoutMarks(item)])) as T;
}
