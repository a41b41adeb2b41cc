import * as pulumi from "@pulumi/pulumi";

/** A resource as the program asked for it. */
export interface Recorded {
    type: string;
    name: string;
    // biome-ignore lint/suspicious/noExplicitAny: the tests look into whatever the program gave.
    inputs: any;
}

/** Lets a program run without an engine; what it asks for is recorded, the newest last. What depends on a resource waits for
 * its outputs. */
export function record(outputs: (resource: Recorded) => object | Promise<object> = () => ({})): Recorded[] {
    const recorded: Recorded[] = [];
    pulumi.runtime.setMocks(
        {
            async newResource({ type, name, inputs }) {
                recorded.push({ type, name, inputs });
                return { id: `${name}-id`, state: { ...inputs, ...(await outputs({ type, name, inputs })) } };
            },
            call: ({ inputs }) => inputs,
        },
        "london-power",
        "test",
    );
    return recorded;
}

/** The value of an output. */
export function resolved<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => output.apply(resolve));
}

/** Waits until all that the program has asked for is recorded. */
export function settled(): Promise<void> {
    return pulumi.runtime.disconnect();
}
