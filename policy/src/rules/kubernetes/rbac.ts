import type { Rule } from "../../rule.ts";
import { typesOf } from "./kinds.ts";
import type { Kind } from "./kinds.ts";
import { allows, isEverything, may, narrowly } from "./permissions.ts";
import type { Permission } from "./permissions.ts";

const role = (
  kind: "cluster_role" | "role",
  rule: { groups?: string; resources: string; verbs: string; more?: string },
) =>
  `resource "kubernetes_${kind}_v1" "shop" {
  metadata {
    name = "shop"
  }
  rule {
    api_groups = ["${rule.groups ?? ""}"]
    resources  = ["${rule.resources}"]
    verbs      = ["${rule.verbs}"]
${rule.more ?? ""}  }
}`;

const good = role("cluster_role", { resources: "configmaps", verbs: "get" });
const both: readonly Kind[] = ["ClusterRole", "Role"];

interface RoleRule extends Omit<Rule, "resourceTypes" | "controls" | "category" | "failsWhen" | "examples"> {
  kinds?: readonly Kind[];
  test: (permission: Permission) => boolean | undefined;
  bad: string;
}

function roleRule({ kinds = both, test, bad, ...rule }: RoleRule): Rule {
  return {
    ...rule,
    category: "access",
    resourceTypes: typesOf(kinds),
    controls: [],
    failsWhen: allows(kinds, test),
    examples: { bad, good },
  };
}

/** Undefined where that is not known yet. */
function readsSecrets(permission: Permission): boolean | undefined {
  const reading = may(permission, ["get", "list", "watch"], ["secrets"], "");
  return reading && (permission.names === undefined ? undefined : permission.names.length === 0);
}

/** What roles allow. https://kubernetes.io/docs/concepts/security/rbac-good-practices/ */
export const kubernetesRoleRules: Rule[] = [
  roleRule({
    id: "kubernetes-role-everything",
    severity: "high",
    title: "The role allows everything in the whole cluster",
    kinds: ["ClusterRole"],
    test: isEverything,
    why: "Whoever gets a token with it owns the cluster and all its secrets.",
    fix: "List the groups, resources and verbs that are needed.",
    bad: role("cluster_role", { groups: "*", resources: "*", verbs: "*" }),
  }),
  roleRule({
    id: "kubernetes-role-everything-in-namespace",
    severity: "medium",
    title: "The role allows everything in its namespace",
    kinds: ["Role"],
    test: isEverything,
    why: "That takes in reading secrets and starting pods with any account.",
    fix: "List the groups, resources and verbs that are needed.",
    bad: role("role", { groups: "*", resources: "*", verbs: "*" }),
  }),
  roleRule({
    id: "kubernetes-role-any-verb-or-resource",
    severity: "medium",
    title: "The role allows every verb, or something on every resource",
    test: (permission) => {
      const { resources, verbs } = permission;
      if (!resources || !verbs) return undefined;
      // A group of one's own may be given as a whole.
      const isOwnGroup =
        permission.groups?.every((group) => group.includes(".") && !group.endsWith(".k8s.io")) === true;
      return (
        !isEverything(permission) &&
        !isOwnGroup &&
        (resources.includes("*") || verbs.includes("*")) &&
        resources.length > 0
      );
    },
    why: "What the cluster learns later is allowed as well, and secrets are among the resources.",
    fix: "List the resources and verbs that are needed.",
    bad: role("cluster_role", { resources: "*", verbs: "get" }),
  }),
  roleRule({
    id: "kubernetes-role-escalation",
    severity: "high",
    title: "The role lets its holder give itself more rights",
    test: narrowly(
      (permission) =>
        may(permission, ["escalate", "bind"], ["roles", "clusterroles"], "rbac.authorization.k8s.io") ||
        (may(permission, ["impersonate"], ["users", "groups", "serviceaccounts", "userextras"], "") &&
          permission.names?.length === 0),
    ),
    why: "The verbs escalate, bind and impersonate are a way to every other right.",
    fix: "Take the verb out, or name in resource_names whom it is for.",
    bad: role("cluster_role", { groups: "rbac.authorization.k8s.io", resources: "clusterroles", verbs: "escalate" }),
  }),
  roleRule({
    id: "kubernetes-role-manages-roles",
    severity: "medium",
    title: "The role lets its holder hand out roles in the whole cluster",
    kinds: ["ClusterRole"],
    test: narrowly((permission) =>
      may(
        permission,
        ["create", "update", "patch"],
        ["clusterrolebindings", "rolebindings", "clusterroles", "roles"],
        "rbac.authorization.k8s.io",
      ),
    ),
    why: "It can pass on all it has, to accounts nobody watches.",
    fix: "Leave giving out roles to people and to the pipeline that applies this code.",
    bad: role("cluster_role", {
      groups: "rbac.authorization.k8s.io",
      resources: "clusterrolebindings",
      verbs: "create",
    }),
  }),
  roleRule({
    id: "kubernetes-role-reads-secrets",
    severity: "medium",
    title: "The role reads all secrets of the cluster",
    kinds: ["ClusterRole"],
    test: narrowly(readsSecrets),
    why: "Among them are the tokens of stronger accounts.",
    fix: "Give a role in the one namespace, or name the secrets in resource_names.",
    bad: role("cluster_role", { resources: "secrets", verbs: "list" }),
  }),
  roleRule({
    id: "kubernetes-role-reads-namespace-secrets",
    severity: "low",
    title: "The role reads all secrets of its namespace",
    kinds: ["Role"],
    test: narrowly(readsSecrets),
    why: "Among them are passwords of applications that its holder has nothing to do with.",
    fix: "Name the secrets in resource_names.",
    bad: role("role", { resources: "secrets", verbs: "get" }),
  }),
  roleRule({
    id: "kubernetes-role-runs-commands",
    severity: "medium",
    title: "The role runs commands in other pods",
    test: narrowly((permission) =>
      may(
        permission,
        ["create", "get"],
        ["pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers"],
        "",
      ),
    ),
    why: "Its holder has the rights of every pod it gets into.",
    fix: "Take pods/exec and pods/attach out, or give them for a limited time only.",
    bad: role("cluster_role", { resources: "pods/exec", verbs: "create" }),
  }),
  roleRule({
    id: "kubernetes-role-machine-proxy",
    severity: "high",
    title: "The role talks to the machines' agents directly",
    kinds: ["ClusterRole"],
    test: narrowly((permission) => may(permission, ["get", "create"], ["nodes/proxy"], "")),
    why: "Through the agent it runs commands in every pod, past all checks and the audit log.",
    fix: "Take nodes/proxy out; nodes/metrics and nodes/stats are enough for watching.",
    bad: role("cluster_role", { resources: "nodes/proxy", verbs: "get" }),
  }),
  roleRule({
    id: "kubernetes-role-makes-tokens",
    severity: "medium",
    title: "The role makes tokens of any service account",
    kinds: ["ClusterRole"],
    test: narrowly((permission) => {
      const making = may(permission, ["create"], ["serviceaccounts/token"], "");
      return making && (permission.names === undefined ? undefined : permission.names.length === 0);
    }),
    why: "Its holder has the rights of the strongest account.",
    fix: "Name the accounts in resource_names.",
    bad: role("cluster_role", { resources: "serviceaccounts/token", verbs: "create" }),
  }),
  roleRule({
    id: "kubernetes-role-changes-admission",
    severity: "medium",
    title: "The role changes what the cluster lets in",
    kinds: ["ClusterRole"],
    test: narrowly((permission) => {
      const changing = may(
        permission,
        ["create", "update", "patch"],
        ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
        "admissionregistration.k8s.io",
      );
      return changing && (permission.names === undefined ? undefined : permission.names.length === 0);
    }),
    why: "A webhook sees every secret that is written and can change every pod that starts.",
    fix: "Name the configurations in resource_names.",
    bad: role("cluster_role", {
      groups: "admissionregistration.k8s.io",
      resources: "mutatingwebhookconfigurations",
      verbs: "patch",
    }),
  }),
  roleRule({
    id: "kubernetes-role-approves-certificates",
    severity: "medium",
    title: "The role approves certificates for the cluster's users",
    kinds: ["ClusterRole"],
    test: narrowly((permission) =>
      may(permission, ["update", "patch"], ["certificatesigningrequests/approval"], "certificates.k8s.io"),
    ),
    why: "It can make itself a certificate of any user that cannot be taken back.",
    fix: "Leave approving to the controller that is made for it.",
    bad: role("cluster_role", {
      groups: "certificates.k8s.io",
      resources: "certificatesigningrequests/approval",
      verbs: "update",
    }),
  }),
];
