// ages.ts STACK: prints the age of the stack's generated credentials, one line per part: old or fresh, the part, its age. Prints
// nothing for a stack without credentials. Runs in the environment of env.sh.
import { credentialsOf, setting } from "./stack/credentials.ts";

const DAY = 24 * 3600 * 1000;

const stack = process.argv[2] ?? "local";
const credentials = Object.entries(credentialsOf(stack) ?? {});
const most = credentials.length > 0 ? setting(stack, "maxSecretAgeDays", 90) : 0;
for (const [part, { since }] of credentials) {
    const days = Math.floor((Date.now() - Date.parse(since)) / DAY);
    console.log(`${days > most ? "old" : "fresh"} ${part} ${days} days, of ${most}`);
}
