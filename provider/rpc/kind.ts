/** The operations of one kind of resource. `I`: its inputs, `O`: its outputs; both plain JSON, secrets unwrapped. */
export interface ResourceKind<I, O> {
    /** Names of all outputs. A preview does not know the outputs that `planned` omits. */
    readonly outputs: readonly (keyof O & string)[];
    /** Returns the problems of the inputs; unknown inputs are `UNKNOWN`. `secrets`: names of the secret inputs. */
    check(inputs: I, secrets: ReadonlySet<string>): Failure[];
    /** Returns the differences; `undefined` if there are none. It must change nothing, because previews call it too. */
    diff(change: Change<I, O>, context: Context): Promise<Difference | undefined>;
    /** Returns the outputs that are known before the resource is created or changed. */
    planned(inputs: I, change?: Change<I, O>): Promise<Partial<O>>;
    create(inputs: I, context: Context): Promise<{ id: string; outputs: O }>;
    /** Returns the present outputs; `undefined` if the resource no longer exists. */
    read(id: string, outputs: O, inputs: I): Promise<O | undefined>;
    update(change: Change<I, O>, context: Context): Promise<O>;
    delete(id: string, outputs: O, inputs: I, context: Context): Promise<void>;
}

/** A kind whose inputs and outputs are known only to itself. */
// biome-ignore lint/suspicious/noExplicitAny: no other type takes kinds of all sorts.
export type AnyKind = ResourceKind<any, any>;

/** An input that is wrong, and how to fix it. */
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
    /** Inputs that have changed, or outputs that are no longer true; the preview shows them. */
    properties: string[];
    /** The differences that need a new resource; the old one is deleted first. */
    replaces?: string[];
    /** The reason in one line, shown beside the resource. */
    reason?: string;
}

/** The context of an operation. */
export interface Context {
    /** The resource's name in the state. */
    readonly urn: string;
    /** Fires on Ctrl-C, on the engine's Cancel, at the resource's time-out, and when the engine has ended. */
    readonly signal: AbortSignal;
    /** Replaces the line beside the resource in the display; the line disappears when the operation ends. */
    progress(message: string): void;
    info(message: string): void;
    warn(message: string): void;
}
