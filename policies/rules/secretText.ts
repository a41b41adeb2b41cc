/** Names of variables, options and properties whose values are secrets. */
export const SECRET_NAME = /passw(or)?d|secret|token|(api|access|private)[_-]?key|credential/i;

/** A path of a file that contains a secret, or a reference such as a name in Secret Manager. Both are allowed. */
const PATH = /^(\/|\.\.?\/|file:\/\/\/|\$\{?\w+|sm:\/\/projects\/[^\s/]+\/secrets\/[\w-]+$)/;

const SECRET_TEXT: [RegExp, string][] = [
    [/\b[a-z][a-z+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i, "an address with a password"],
    [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
    [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, "an AWS access key"],
    [/\bgh[pousr]_\w{36,}\b|\bgithub_pat_\w{22,}\b/, "a GitHub token"],
    [/\bAIza[\w-]{35}\b/, "a Google API key"],
];

/** Returns what in a text has the form of a secret, each in a few words. */
export function secretsIn(text: string): string[] {
    return SECRET_TEXT.filter(([pattern]) => pattern.test(text)).map(([, what]) => what);
}

/** Whether the name of a value says that it is a secret. The path of a file that contains a secret is none. */
export function isSecretByName(name: string, value: string): boolean {
    return SECRET_NAME.test(name) && !/_?(file|path)$/i.test(name) && !PATH.test(value) && value !== "";
}
