import { join } from "node:path";
import type { ExecutionContext } from "ava";
import { directory } from "../../provider/kinds/directory.ts";
import { folder } from "../folder.ts";
import { contextWith } from "./context.ts";

/** A workspace as a stack makes it, which goes away with the test. */
export async function workspace(t: ExecutionContext): Promise<string> {
    const path = join(folder(t), "workspace");
    await directory.create({ path }, contextWith());
    return path;
}
