// Ava loads this file before each test file. Ava switches source maps on, and Pulumi's SDK takes a stack trace of every promise: to map
// these to TypeScript takes a quarter of the time of the tests of components. Node runs the project's own files without source maps.
process.setSourceMapsEnabled(false);
