import { isMissing } from "../../../provider/host/google.ts";
import type { AnyKind, Change } from "../../../provider/rpc/kind.ts";
import { changedKeys } from "../../../provider/rpc/values.ts";
import { FakeGoogleClient } from "./client.ts";
import { addMember, changeAccess, hasMember, holderOf, removeMember } from "./members.ts";
import { PROJECT, type Thing, TYPES } from "./types.ts";

/** What the published provider makes a new resource for; not all of it, but all that the stories change. */
const IMMUTABLE = [
    "name",
    "location",
    "region",
    "zone",
    "project",
    "bucket",
    "secret",
    "secretData",
    "roleId",
];

/** Outputs that are no inputs, of all types. */
const COMPUTED = [
    "name",
    "timeCreated",
    "selfLink",
    "email",
    "member",
    "uid",
    "securePassword",
    "proxyUri",
    "resourceIdentities",
    "clusterConfig",
];

interface Made {
    id: string;
    outputs: Thing;
}

/** How resources of a type are made, found and removed, each by Google's own interface. */
interface Keeper {
    create(inputs: Thing): Promise<Made>;
    /** @throws {GoogleError} where it is gone */
    read(id: string, inputs: Thing): Promise<Thing>;
    update?(id: string, inputs: Thing): Promise<void>;
    delete(id: string, inputs: Thing): Promise<void>;
}

/** A resource of any type, its id being its path. */
export function kindOf(token: string, google: string): AnyKind {
    const type = token.split(":")[1] as string;
    const keeper = keeperOf(type, new FakeGoogleClient(google));
    return {
        outputs: COMPUTED,
        check: () => [],

        async diff({ oldInputs, inputs }: Change<Thing, object>) {
            const properties = changedKeys(oldInputs, inputs);
            const replaces = properties.filter((property) => IMMUTABLE.includes(property));
            return properties.length > 0 ? { properties, replaces } : undefined;
        },

        planned: async (_, change) => change?.oldOutputs ?? {},
        create: (inputs: Thing) => keeper.create(inputs),

        async read(id, outputs, inputs) {
            try {
                return { ...outputs, ...(await keeper.read(id, inputs)) };
            } catch (error) {
                if (isMissing(error)) {
                    return undefined;
                }
                throw error;
            }
        },

        async update({ id, inputs, oldOutputs }) {
            await keeper.update?.(id, inputs);
            return oldOutputs;
        },

        delete: (id, _, inputs) => keeper.delete(id, inputs),
    };
}

function keeperOf(type: string, client: FakeGoogleClient): Keeper {
    switch (type) {
        case "storage/bucket":
            return buckets(client);
        case "projects/service":
            return services(client);
        case "projects/serviceIdentity":
            return identities(client);
        case "compute/routerNat":
            return nats(client);
        case "bigquery/datasetIamMember":
            return {
                async create(inputs) {
                    await changeAccess(client, inputs, "add");
                    return { id: `${inputs.datasetId}/${inputs.role}/${inputs.member}`, outputs: {} };
                },
                read: async () => ({}),
                delete: (_id, inputs) => changeAccess(client, inputs, "remove"),
            };
        default:
            return type in TYPES ? things(type, client) : members(type, client);
    }
}

function things(type: string, client: FakeGoogleClient): Keeper {
    const rest = TYPES[type] as (typeof TYPES)[string];
    return {
        async create(inputs) {
            const answer = await client.send("POST", rest.collection(inputs), rest.body(inputs));
            const path = rest.self(inputs, answer);
            return { id: idOf(path), outputs: { name: inputs.name, ...rest.outputs?.(answer, inputs) } };
        },
        async read(id, inputs) {
            return rest.outputs?.(await client.send("GET", pathOf(type, id)), inputs) ?? {};
        },
        async update(id, inputs) {
            const path = pathOf(type, id);
            if (rest.change) {
                const now = rest.change === "PUT" ? {} : undefined;
                const body = rest.body(inputs);
                await client.send(rest.change, path, now ? body : changeable(body));
            }
        },
        async delete(id) {
            const path = pathOf(type, id);
            // A version is kept, disabled, until it is destroyed by Google.
            await (type === "secretmanager/secretVersion"
                ? client.send("POST", `${path}:disable`, {}).catch(ifGone)
                : client.send("DELETE", path).catch(ifGone));
        },
    };
}

/** Without what only a creation says. */
function changeable({ accountId, serviceAccount, roleId, role, ...body }: Thing): Thing {
    return { ...body, ...serviceAccount, ...role };
}

/** As Google's provider has them: without the interface's version. */
function idOf(path: string): string {
    return path.replace(/^\/(compute|bigquery)\/v\d\/|^\/v\d\//, "");
}

function pathOf(type: string, id: string): string {
    const [service] = type.split("/");
    const begins: Record<string, string> = {
        compute: "/compute/v1/",
        bigquery: "/bigquery/v2/",
        workbench: "/v2/",
    };
    return `${begins[service as string] ?? "/v1/"}${id}`;
}

function buckets(client: FakeGoogleClient): Keeper {
    const outputs = ({ name, timeCreated }: Thing) => ({ name, timeCreated });
    return {
        async create({ forceDestroy, ...inputs }) {
            const answer = await client.send("POST", `/storage/v1/b?project=${PROJECT}`, inputs);
            return { id: inputs.name, outputs: outputs(answer) };
        },
        read: async (id) => outputs(await client.send("GET", `/storage/v1/b/${id}`)),
        async update(id, { forceDestroy, ...inputs }) {
            await client.send("PATCH", `/storage/v1/b/${id}`, inputs);
        },
        delete: (id, { forceDestroy }) => client.deleteBucket(id, forceDestroy === true),
    };
}

function services(client: FakeGoogleClient): Keeper {
    const path = `/v1/projects/${PROJECT}/services`;
    return {
        async create({ service }) {
            await client.send("POST", `${path}:batchEnable`, { serviceIds: [service] });
            return { id: `${PROJECT}/${service}`, outputs: {} };
        },
        async read() {
            await client.send("GET", path);
            return {};
        },
        // They stay enabled, as the program asks for.
        delete: async () => undefined,
    };
}

function identities(client: FakeGoogleClient): Keeper {
    return {
        async create({ service }) {
            const path = `/v1beta1/projects/${PROJECT}/services/${service}:generateServiceIdentity`;
            const { email } = await client.send("POST", path, {});
            return {
                id: `projects/${PROJECT}/services/${service}`,
                outputs: { email, member: `serviceAccount:${email}` },
            };
        },
        read: async () => ({}),
        delete: async () => undefined,
    };
}

/** A part of a router. */
function nats(client: FakeGoogleClient): Keeper {
    const router = (inputs: Thing) =>
        `/compute/v1/projects/${PROJECT}/regions/${inputs.region}/routers/${inputs.router}`;
    return {
        async create(inputs) {
            const { name, natIpAllocateOption, logConfig, subnetworks } = inputs;
            const ranges = { sourceSubnetworkIpRangesToNat: inputs.sourceSubnetworkIpRangesToNat };
            const nat = { name, natIpAllocateOption, logConfig, subnetworks, ...ranges };
            await client.send("PATCH", router(inputs), { nats: [nat] });
            return { id: `${router(inputs)}/${name}`, outputs: { name } };
        },
        async read(_id, inputs) {
            await client.send("GET", router(inputs));
            return {};
        },
        async delete(_id, inputs) {
            await client.send("PATCH", router(inputs), { nats: [] }).catch(ifGone);
        },
    };
}

function members(type: string, client: FakeGoogleClient): Keeper {
    const holder = (inputs: Thing) => {
        const found = holderOf(type, inputs);
        if (!found) {
            throw new Error(`the stand-in for Google's provider does not know ${type}`);
        }
        return found;
    };
    return {
        async create(inputs) {
            await addMember(client, holder(inputs), inputs);
            return { id: `${holder(inputs).read[1]}/${inputs.role}/${inputs.member}`, outputs: {} };
        },
        async read(_id, inputs) {
            await hasMember(client, holder(inputs), inputs);
            return {};
        },
        delete: (_id, inputs) => removeMember(client, holder(inputs), inputs).catch(ifGone),
    };
}

function ifGone(error: unknown): void {
    if (!isMissing(error)) {
        throw error;
    }
}
