import type { Rule } from "../../rule.ts";

/** Every rule about Azure. A new service is a file beside this one and a line here. */
export const azureRules: readonly Rule[] = [];
