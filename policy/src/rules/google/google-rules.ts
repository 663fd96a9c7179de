import type { Rule } from "../../rule.ts";

/** Every rule about Google Cloud. A new service is a file beside this one and a line here. */
export const googleRules: readonly Rule[] = [];
