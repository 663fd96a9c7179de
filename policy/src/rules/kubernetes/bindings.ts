import type { Rule } from "../../rule.ts";
import type { Condition, Match } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";
import { objects, typesOf } from "./kinds.ts";
import type { Kind } from "./kinds.ts";
import { both, where } from "./part.ts";
import type { Part } from "./part.ts";

const kinds: readonly Kind[] = ["ClusterRoleBinding", "RoleBinding"];
const reads = ["role_ref.name", "subject.kind", "subject.name", "subject.namespace"];

/** Some subject of the binding is so, and the role besides. */
function binds(
  of: readonly Kind[],
  subject: (subject: Part) => Match | undefined,
  role: (name: string) => boolean = () => true,
): Condition {
  return objects(of, reads, (binding) => {
    const subjects = binding.parts("subject");
    if (!subjects) return [{ outcome: "unknown", attribute: binding.attribute("subject") }];
    const given = where(binding.part("role_ref"), "name", (name) => role(textOf(name)));
    return subjects.flatMap((one) => {
      const match = both(subject(one), given);
      const name = one.read("name");
      return match ? [{ ...match, identity: name.known ? textOf(name.value) : one.path }] : [];
    });
  });
}

const named =
  (...names: readonly string[]) =>
  (subject: Part): Match | undefined =>
    where(subject, "name", (name) => names.includes(textOf(name)));

const strangers = ["system:anonymous", "system:unauthenticated"];

const binding = (
  subject: string,
  role = "view",
  kind = "Group",
) => `resource "kubernetes_cluster_role_binding_v1" "shop" {
  metadata {
    name = "shop"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "${role}"
  }
  subject {
    kind      = "${kind}"
    name      = "${subject}"
    namespace = "shop"
  }
}`;

const good = binding("shop");
const text = { category: "access", controls: [] } as const;

export const kubernetesBindingRules: Rule[] = [
  {
    ...text,
    id: "kubernetes-binding-strangers",
    severity: "critical",
    title: "People without any login get a role",
    resourceTypes: typesOf(kinds),
    failsWhen: binds(kinds, named(...strangers), (role) => !harmless.has(role)),
    why: "Whoever reaches the cluster's interface has it, without a password.",
    fix: "Name the users, groups or accounts that need the role.",
    examples: { bad: binding("system:unauthenticated"), good },
  },
  {
    ...text,
    id: "kubernetes-binding-everybody",
    severity: "high",
    title: "Everybody with a login gets a role",
    resourceTypes: typesOf(kinds),
    failsWhen: binds(kinds, named("system:authenticated", "system:serviceaccounts"), (role) => !harmless.has(role)),
    why: "Every pod of the cluster, and in some clouds every account there is, counts as logged in.",
    fix: "Name the users, groups or accounts that need the role.",
    examples: { bad: binding("system:authenticated"), good },
  },
  {
    ...text,
    id: "kubernetes-binding-cluster-admin",
    severity: "high",
    title: "Somebody rules the whole cluster",
    resourceTypes: typesOf(["ClusterRoleBinding"]),
    failsWhen: binds(
      ["ClusterRoleBinding"],
      (subject) =>
        where(
          subject,
          "name",
          (name) => ![...strangers, "system:authenticated", "system:masters"].includes(textOf(name)),
        ),
      (role) => role === "cluster-admin",
    ),
    why: "One stolen token is enough for all namespaces and secrets.",
    fix: "Bind a role with what the work needs, best in single namespaces.",
    examples: { bad: binding("shop", "cluster-admin"), good },
  },
  {
    ...text,
    id: "kubernetes-binding-namespace-cluster-admin",
    severity: "medium",
    title: "Somebody may do everything in the namespace",
    resourceTypes: typesOf(["RoleBinding"]),
    failsWhen: binds(
      ["RoleBinding"],
      (subject) => where(subject, "name", (name) => textOf(name) !== ""),
      (role) => role === "cluster-admin",
    ),
    why: "That takes in quotas, roles and network policies that should hold for them.",
    fix: "Bind edit or admin, or a role of your own.",
    examples: {
      bad: binding("shop", "cluster-admin").replace("cluster_role_binding", "role_binding"),
      good: binding("shop", "edit").replace("cluster_role_binding", "role_binding"),
    },
  },
  {
    ...text,
    id: "kubernetes-binding-masters",
    severity: "high",
    title: "A role is given to the group that no role limits",
    resourceTypes: typesOf(kinds),
    failsWhen: binds(kinds, named("system:masters")),
    why: "Members of system:masters pass every check; nothing takes their rights back.",
    fix: "Take the subject out and use a group of your own.",
    examples: { bad: binding("system:masters"), good },
  },
  {
    ...text,
    id: "kubernetes-binding-default-account",
    severity: "medium",
    title: "The default account of a namespace gets a role",
    resourceTypes: typesOf(kinds),
    failsWhen: binds(kinds, (subject) =>
      both(
        where(subject, "name", (name) => textOf(name) === "default"),
        where(subject, "kind", (kind) => textOf(kind) === "ServiceAccount"),
      ),
    ),
    why: "Every pod of the namespace that names no account has it.",
    fix: "Make a service account for the one workload and bind it.",
    examples: { bad: binding("default", "view", "ServiceAccount"), good: binding("shop", "view", "ServiceAccount") },
  },
];

/** Roles that Kubernetes itself gives to everybody. */
const harmless = new Set([
  "system:basic-user",
  "system:discovery",
  "system:public-info-viewer",
  "system:service-account-issuer-discovery",
]);
