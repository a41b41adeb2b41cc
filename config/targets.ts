/** The places where the platform can run; the first is the default. */
export const TARGETS = ["local", "dev", "gcp"] as const;
export type Target = (typeof TARGETS)[number];
