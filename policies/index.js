// Pulumi's runner puts a TypeScript compiler of its own before what it requires, and knows nothing of `.ts` in imports. What a
// module imports, Node reads by itself, as it does everywhere else in this project.
import "./pack.ts";
