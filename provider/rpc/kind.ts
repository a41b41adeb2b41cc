/** What a resource of one kind does. `I`: its inputs, `O`: its outputs; both plain JSON, secrets unwrapped. */
export interface ResourceKind<I, O> {
    /** Names of all outputs: those that `planned` leaves out are unknown in a preview. */
    readonly outputs: readonly (keyof O & string)[];
    /** Finds what is wrong with the inputs; unknown ones arrive as `UNKNOWN`. `secrets`: the inputs that are secret. */
    check(inputs: I, secrets: ReadonlySet<string>): Failure[];
    /** Says what differs; `undefined` where nothing does. Called by previews too: it must change nothing. */
    diff(change: Change<I, O>, context: Context): Promise<Difference | undefined>;
    /** The outputs that are known before the resource is made or changed. */
    planned(inputs: I, change?: Change<I, O>): Promise<Partial<O>>;
    create(inputs: I, context: Context): Promise<{ id: string; outputs: O }>;
    /** The outputs as they are now; `undefined` where the resource is gone. */
    read(id: string, outputs: O, inputs: I): Promise<O | undefined>;
    update(change: Change<I, O>, context: Context): Promise<O>;
    delete(id: string, outputs: O, inputs: I, context: Context): Promise<void>;
}

/** A kind whose inputs and outputs are known only to itself. */
// biome-ignore lint/suspicious/noExplicitAny: no other type takes kinds of all sorts.
export type AnyKind = ResourceKind<any, any>;

/** One input that is wrong, and what mends it. */
export interface Failure {
    property: string;
    reason: string;
}

/** A resource as it was and as it should be. */
export interface Change<I, O> {
    id: string;
    oldOutputs: O;
    oldInputs: I;
    inputs: I;
}

/** What differs between a resource and its inputs. */
export interface Difference {
    /** Inputs that changed, or outputs that no longer hold; shown in the preview. */
    properties: string[];
    /** Those of them that need a new resource; the old one, which is in its way, is deleted first. */
    replaces?: string[];
    /** In one line why, shown beside the resource. */
    reason?: string;
}

/** What a kind may use while it works. */
export interface Context {
    /** The resource's name in the state. */
    readonly urn: string;
    /** Fires on Ctrl-C, on the engine's Cancel, at the resource's own time-out and when the engine is gone. */
    readonly signal: AbortSignal;
    /** Replaces the line beside the resource in the display; gone when the operation ends. */
    progress(message: string): void;
    info(message: string): void;
    warn(message: string): void;
}
