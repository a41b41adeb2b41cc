import { DockerEngine, DockerError } from "../host/docker.ts";
import { type DockerParts, missingParts } from "../host/dockerParts.ts";
import type { Context, ResourceKind } from "../rpc/kind.ts";
import { hasUnknown } from "../rpc/values.ts";

export interface DockerInventoryInputs {
    host: string;
    stack: string;
    label: string;
    parts: DockerParts;
}

/**
 * Compares the parts of a stack with the Docker engine. Pulumi's Docker provider trusts its state: it does not create parts
 * again that somebody has removed, and fails when it has to change or delete them.
 */
export const dockerInventory: ResourceKind<DockerInventoryInputs, Record<string, never>> = {
    outputs: [],
    check: () => [],

    async diff({ oldInputs, inputs }) {
        await refuseMissing(oldInputs, unchanged(oldInputs.parts, inputs.parts));
        if (JSON.stringify(oldInputs) !== JSON.stringify(inputs)) {
            return { properties: ["parts"] };
        }
        const lost = await ifItAnswers(() => lostSecrets(inputs), []);
        return lost.length > 0
            ? { properties: ["parts"], reason: `${lost.length} secrets of a run that was killed are removed` }
            : undefined;
    },

    planned: async () => ({}),

    async create(inputs, context) {
        await refuseMissing(inputs, inputs.parts);
        await removeLostSecrets(inputs, [], context);
        return { id: inputs.label, outputs: {} };
    },

    // A refresh reads each part and then asks `diff`. An inventory that no longer matches counts as gone, so that the refresh
    // succeeds and the next `up` creates it again.
    async read(_id, outputs, { host, parts }) {
        const missing = await ifItAnswers(() => missingParts(host, parts), []);
        return missing.length > 0 ? undefined : outputs;
    },

    async update({ oldInputs, inputs }, context) {
        // Pulumi itself removes the parts that it has just replaced.
        await removeLostSecrets(inputs, Object.values(oldInputs.parts.secret ?? {}), context);
        return {};
    },

    async delete(_id, _outputs, inputs, context) {
        await refuseMissing(inputs, inputs.parts);
        await ifItAnswers(() => removeLostSecrets(inputs, [], context), undefined);
    },
};

/** The parts that do not change. */
function unchanged(before: DockerParts, now: DockerParts): DockerParts {
    const kinds = Object.entries(before).map(([kind, ids]) => {
        const present = now[kind as keyof DockerParts];
        return [kind, Object.fromEntries(Object.entries(ids).filter(([name, id]) => present?.[name] === id))];
    });
    return Object.fromEntries(kinds);
}

async function refuseMissing({ host, stack }: DockerInventoryInputs, parts: DockerParts): Promise<void> {
    const missing = await ifItAnswers(() => missingParts(host, parts), []);
    if (missing.length > 0) {
        throw new Error(
            `somebody has removed parts of the stack from the Docker engine, or stopped them: ${missing.join(", ")}. ` +
                `Run \`pulumi refresh --stack ${stack}\`, then this command again; ` +
                `\`make up STACK=${stack}\` and \`make destroy STACK=${stack}\` do both.`,
        );
    }
}

/** Secrets with the stack's label that the state does not have, because a deployment was killed before it recorded them. */
async function lostSecrets({ host, label, parts }: DockerInventoryInputs): Promise<string[]> {
    if (hasUnknown(parts)) {
        return [];
    }
    const known = new Set(Object.values(parts.secret ?? {}));
    const filters = { label: [`com.docker.stack.namespace=${label}`] };
    const found = await new DockerEngine(host).get<{ ID: string }[]>("/secrets", filters);
    return found.map(({ ID }) => ID).filter((id) => !known.has(id));
}

async function removeLostSecrets(
    inputs: DockerInventoryInputs,
    spared: string[],
    context: Context,
): Promise<void> {
    const engine = new DockerEngine(inputs.host);
    for (const id of (await lostSecrets(inputs)).filter((secret) => !spared.includes(secret))) {
        await engine.delete(`/secrets/${id}`);
        context.info(`removed the secret ${id}, which a run that was killed had made`);
    }
}

/** Pulumi's own provider reports an engine that does not answer. */
async function ifItAnswers<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
    try {
        return await ask();
    } catch (error) {
        if (error instanceof DockerError || !(error as NodeJS.ErrnoException).code) {
            throw error;
        }
        return otherwise;
    }
}
