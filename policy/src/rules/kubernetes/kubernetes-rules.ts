import type { Rule } from "../../rule.ts";

/** Every rule about Kubernetes. A new service is a file beside this one and a line here. */
export const kubernetesRules: readonly Rule[] = [];
