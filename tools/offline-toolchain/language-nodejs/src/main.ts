// Entry point. The CLI starts this process with the engine's address as the last argument, reads one line with the port
// from standard output and then talks gRPC. Everything else on standard output shows up in the user's display.
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";

// Compiled code, type stripping included, is kept beside an installed host: it halves the time to the first line. One that
// runs from a checkout, as in tests, leaves nothing there.
if (existsSync(new URL("../../.complete", import.meta.url))) {
    enableCompileCache(new URL("../.compile-cache", import.meta.url).pathname);
}

const { serve } = await import("./server.ts");
await serve(
    process.argv
        .slice(2)
        .filter((argument) => !argument.startsWith("-"))
        .at(-1),
);
