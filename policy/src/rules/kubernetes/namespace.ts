import type { Rule } from "../../rule.ts";
import { isObject } from "../../resources/json.ts";
import { all, lacks, not, oneOf } from "../../vocabulary/condition.ts";
import type { Connection, Match } from "../../vocabulary/condition.ts";
import { isWorld } from "../../vocabulary/network.ts";
import { textOf } from "../../vocabulary/text.ts";
import { objects, typesOf } from "./kinds.ts";
import { where } from "./part.ts";
import type { Part } from "./part.ts";

const enforce = "pod-security.kubernetes.io/enforce";
const inNamespace: Connection = { from: "metadata.namespace", to: ["metadata.name", "id"] };
const providerTypes = ["kubernetes_namespace", "kubernetes_namespace_v1"];

/** Namespaces of the cluster itself. */
const isOwn = not(oneOf("metadata.name", ["kube-system", "kube-public", "kube-node-lease", "default"]));

const namespace = (labels: string) => `resource "kubernetes_namespace_v1" "shop" {
  metadata {
    name = "shop"
${labels}  }
}`;
const labelled = (level: string) => namespace(`    labels = {\n      "${enforce}" = "${level}"\n    }\n`);
const restricted = labelled("restricted");

const policy = (ingress: string) => `resource "kubernetes_network_policy_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = "shop"
  }
  spec {
    pod_selector {}
    policy_types = ["Ingress"]
${ingress}  }
}`;
const closed = policy("");

const quota = `resource "kubernetes_resource_quota_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = "shop"
  }
  spec {
    hard = {
      pods = "20"
    }
  }
}`;

function level(object: Part, test: (level: string) => boolean): Match[] {
  const match = where(object.part("metadata"), "labels", (labels) =>
    test(textOf(isObject(labels) ? labels[enforce] : null)),
  );
  return match ? [match] : [];
}

/** An `ingress` block that lets everybody in: without `from`, or with the whole internet. */
function letsAllIn(rule: Part): boolean {
  const from = rule.parts("from");
  if (!from) return false;
  return (
    from.length === 0 ||
    from.some((peer) => {
      const cidr = peer.part("ip_block").read("cidr");
      return cidr.known && isWorld(textOf(cidr.value));
    })
  );
}

export const kubernetesNamespaceRules: Rule[] = [
  {
    id: "kubernetes-namespace-privileged",
    severity: "medium",
    category: "isolation",
    title: "The namespace lets privileged pods in",
    resourceTypes: typesOf(["Namespace"]),
    failsWhen: objects(["Namespace"], ["metadata.labels"], (object) => level(object, (name) => name === "privileged")),
    why: "Whoever may start pods there can take over the machines.",
    fix: `Set the label ${enforce} to baseline or restricted.`,
    controls: [],
    examples: { bad: labelled("privileged"), good: restricted },
  },
  {
    id: "kubernetes-namespace-no-pod-security",
    severity: "low",
    category: "isolation",
    title: "The namespace takes pods of every kind",
    resourceTypes: typesOf(["Namespace"]),
    failsWhen: objects(["Namespace"], ["metadata.labels"], (object) => level(object, (name) => name === "")),
    why: "Without a level nothing keeps a privileged pod out.",
    fix: `Set the label ${enforce} to baseline or restricted.`,
    controls: [],
    examples: { bad: namespace(""), good: restricted },
  },
  {
    id: "kubernetes-namespace-no-network-policy",
    severity: "low",
    category: "isolation",
    title: "The namespace has no network policy",
    resourceTypes: providerTypes,
    failsWhen: all(
      lacks("kubernetes_network_policy_v1", inNamespace),
      lacks("kubernetes_network_policy", inNamespace),
      isOwn,
    ),
    why: "Every pod of the cluster reaches every pod in it; whoever gets into one can go on to all.",
    fix: "Add a kubernetes_network_policy_v1 that lets nothing in, and others for what is needed.",
    controls: [],
    examples: { bad: restricted, good: `${restricted}\n${closed}` },
  },
  {
    id: "kubernetes-namespace-no-quota",
    severity: "low",
    category: "availability",
    title: "The namespace may use up the whole cluster",
    resourceTypes: providerTypes,
    failsWhen: all(
      lacks("kubernetes_resource_quota_v1", inNamespace),
      lacks("kubernetes_resource_quota", inNamespace),
      isOwn,
    ),
    why: "A fault or an attacker in one application starves all others.",
    fix: "Add a kubernetes_resource_quota_v1.",
    controls: [],
    examples: { bad: restricted, good: `${restricted}\n${quota}` },
  },
  {
    id: "kubernetes-network-policy-open",
    severity: "low",
    category: "isolation",
    title: "The network policy lets everybody in",
    resourceTypes: typesOf(["NetworkPolicy"]),
    failsWhen: objects(["NetworkPolicy"], ["spec.ingress.from.ip_block.cidr"], (object) => {
      const rules = object.part("spec").parts("ingress");
      if (!rules) return [{ outcome: "unknown", attribute: object.part("spec").attribute("ingress") }];
      return rules
        .filter(letsAllIn)
        .map((rule): Match => ({ outcome: "true", attribute: rule.attribute("from"), identity: portsOf(rule) }));
    }),
    why: "It looks like a fence and is none.",
    fix: "Say in from which pods, namespaces or networks need it.",
    controls: [],
    examples: {
      bad: policy("    ingress {\n      ports {\n        port = 8080\n      }\n    }\n"),
      good: policy(
        "    ingress {\n      from {\n        pod_selector {}\n      }\n      ports {\n        port = 8080\n      }\n    }\n",
      ),
    },
  },
];

function portsOf(rule: Part): string {
  return JSON.stringify((rule.parts("ports") ?? []).map((port) => port.read("port")));
}
