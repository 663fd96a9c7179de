import type { Rule } from "../../rule.ts";
import { kubernetesAccountAndVolumeRules } from "./accounts-and-volumes.ts";
import { kubernetesBindingRules } from "./bindings.ts";
import { kubernetesHelmRules } from "./helm.ts";
import { kubernetesIngressRules } from "./ingress.ts";
import { kubernetesNamespaceRules } from "./namespace.ts";
import { kubernetesPodHostPathRules } from "./pod-host-paths.ts";
import { kubernetesPodHygieneRules } from "./pod-hygiene.ts";
import { kubernetesPodIsolationRules } from "./pod-isolation.ts";
import { kubernetesPodPrivilegeRules } from "./pod-privilege.ts";
import { kubernetesRoleRules } from "./rbac.ts";
import { kubernetesServiceRules } from "./service.ts";

/** Every rule about Kubernetes. A new service is a file beside this one and a line here. */
export const kubernetesRules: readonly Rule[] = [
  ...kubernetesAccountAndVolumeRules,
  ...kubernetesBindingRules,
  ...kubernetesHelmRules,
  ...kubernetesIngressRules,
  ...kubernetesNamespaceRules,
  ...kubernetesPodHostPathRules,
  ...kubernetesPodHygieneRules,
  ...kubernetesPodIsolationRules,
  ...kubernetesPodPrivilegeRules,
  ...kubernetesRoleRules,
  ...kubernetesServiceRules,
];
