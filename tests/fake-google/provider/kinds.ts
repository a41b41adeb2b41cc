import { isMissing } from "../../../provider/host/google.ts";
import type { AnyKind, Change } from "../../../provider/rpc/kind.ts";
import { changedKeys } from "../../../provider/rpc/values.ts";
import { FakeGoogleClient } from "./client.ts";
import { COMPUTED, computed, type Inputs, PROJECT } from "./computed.ts";

/** What the published provider makes a new resource for; not all of it, but all that the stories change. */
const IMMUTABLE = ["name", "location", "region", "zone", "project", "bucket", "secret", "secretData"];

/** Where a kind of resource is kept in the server that stands in for Google. */
interface Keeper {
    create(id: string, inputs: Inputs): Promise<object>;
    read(id: string): Promise<object>;
    delete(id: string, inputs: Inputs): Promise<void>;
}

/** A resource of any type: its outputs are its inputs and a few computed ones. */
export function kindOf(token: string, google: string): AnyKind {
    const type = token.split(":")[1] as string;
    const client = new FakeGoogleClient(google);
    const keeper = keeperOf(type, client);
    return {
        outputs: [...COMPUTED],
        check: () => [],

        async diff({ oldInputs, inputs }: Change<Inputs, object>) {
            const properties = changedKeys(oldInputs, inputs);
            const replaces = properties.filter((property) => IMMUTABLE.includes(property));
            return properties.length > 0 ? { properties, replaces } : undefined;
        },

        planned: async (_, change) => change?.oldOutputs ?? {},

        async create(inputs: Inputs, { urn }) {
            const { id, outputs } = computed(type, inputs, urn.split("::").at(-1) as string);
            const made = await keeper.create(id, { ...inputs, ...outputs });
            return { id, outputs: { ...outputs, ...known(made) } };
        },

        async read(id, outputs) {
            try {
                return { ...outputs, ...known(await keeper.read(id)) };
            } catch (error) {
                if (isMissing(error)) {
                    return undefined;
                }
                throw error;
            }
        },

        async update({ id, inputs, oldOutputs }) {
            await client.send("PUT", `/stand-in/${type}/${id}`, { ...inputs, ...oldOutputs });
            return oldOutputs;
        },

        async delete(id, _, inputs) {
            await keeper.delete(id, inputs);
        },
    };
}

function keeperOf(type: string, client: FakeGoogleClient): Keeper {
    switch (type) {
        case "storage/bucket":
            return {
                create: (_, inputs) => client.send("POST", `/storage/v1/b?project=${PROJECT}`, inputs),
                read: (id) => client.send("GET", `/storage/v1/b/${id}`),
                delete: (id, { forceDestroy }) => client.deleteBucket(id, forceDestroy === true),
            };
        case "secretmanager/secret":
            return {
                create: (id, { secretId }) =>
                    client.send("POST", `/v1/${id.replace(/\/[^/]+$/, "")}?secretId=${secretId}`),
                read: (id) => client.send("GET", `/v1/${id}`),
                delete: (id) => client.send("DELETE", `/v1/${id}`).then(() => undefined),
            };
        case "secretmanager/secretVersion":
            return {
                create: (_, { secret, secretData }) =>
                    client.send("POST", `/v1/${secret}:addVersion`, {
                        payload: { data: Buffer.from(`${secretData}`).toString("base64") },
                    }),
                read: (id) => client.send("GET", `/v1/${id.replace(/\/versions\/.*/, "")}`),
                // With the secret, or disabled and left, which no story looks at.
                delete: async () => undefined,
            };
        default:
            return {
                create: (id, inputs) => client.send("PUT", `/stand-in/${type}/${id}`, inputs),
                read: (id) => client.send("GET", `/stand-in/${type}/${id}`),
                delete: (id) => client.send("DELETE", `/stand-in/${type}/${id}`).then(() => undefined),
            };
    }
}

/** Of what Google answers, only what the provider would take over. */
function known(answer: object): object {
    return Object.fromEntries(Object.entries(answer).filter(([key]) => ["timeCreated"].includes(key)));
}
