// Pulumi compiles what it requires with its own TypeScript compiler, which does not support `.ts` in imports. Node runs what a
// module imports, as everywhere else in this project.
import "./pack.ts";
