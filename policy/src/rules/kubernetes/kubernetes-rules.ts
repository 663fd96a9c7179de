import type { Rule } from "../../rule.ts";
import { kubernetesPodHygieneRules } from "./pod-hygiene.ts";
import { kubernetesPodIsolationRules } from "./pod-isolation.ts";
import { kubernetesPodPrivilegeRules } from "./pod-privilege.ts";

/** Every rule about Kubernetes. A new service is a file beside this one and a line here. */
export const kubernetesRules: readonly Rule[] = [
  ...kubernetesPodHygieneRules,
  ...kubernetesPodIsolationRules,
  ...kubernetesPodPrivilegeRules,
];
