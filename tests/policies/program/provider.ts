import type { AnyKind } from "../../../provider/rpc/kind.ts";
import { serve } from "../../../provider/rpc/server.ts";
import { EXAMPLES } from "./examples.ts";

const never = () => Promise.reject(new Error("this provider is for previews"));

/** Takes any inputs. */
const kind: AnyKind = {
    outputs: ["result"],
    check: () => [],
    diff: async () => undefined,
    planned: async () => ({}),
    create: never,
    read: never,
    update: never,
    delete: never,
};

const types = [...EXAMPLES.map(({ type }) => type), "random:index/randomPassword:RandomPassword"];
await serve(Object.fromEntries(types.map((type) => [type, kind])));
