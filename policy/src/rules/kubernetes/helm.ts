import type { Rule } from "../../rule.ts";
import { isObject } from "../../resources/json.ts";
import type { Json } from "../../resources/json.ts";
import { all, judge, matches, not, present } from "../../vocabulary/condition.ts";
import type { Condition, Match } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";
import { yamlOf } from "./yaml-text.ts";

/** A setting of the chart, as `controller.securityContext.privileged`, that is switched on. */
function switchesOn(setting: RegExp): Condition {
  return judge(({ document, read }) => {
    const [values, set] = [read("values"), read("set")];
    const inFiles = values.known
      ? listOf(values.value).map((text, at) => ({ names: [...switchesIn(document(textOf(text), yamlOf), "")], at }))
      : [];
    const found: Match[] = inFiles
      .filter(({ names }) => names.some((name) => setting.test(name)))
      .map(({ at }) => ({ outcome: "true", attribute: `values[${at}]` }));
    const single = set.known ? listOf(set.value) : [];
    for (const [at, entry] of single.entries()) {
      if (isObject(entry) && textOf(entry["value"]) === "true" && setting.test(textOf(entry["name"])))
        found.push({ outcome: "true", attribute: `set[${at}]`, identity: textOf(entry["name"]) });
    }
    const isOpen = !values.known || !set.known || listOf(values.value).includes(null);
    return found.length === 0 && isOpen ? [{ outcome: "unknown", attribute: "values" }] : found;
  });
}

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : [];
}

/** Paths of everything that is `true`. */
function* switchesIn(value: Json, path: string): Generator<string> {
  if (value === true) yield path;
  else if (Array.isArray(value)) for (const item of value) yield* switchesIn(item, path);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) yield* switchesIn(item, path === "" ? key : `${path}.${key}`);
}

const release = (more: string) => `resource "helm_release" "shop" {
  name       = "shop"
  chart      = "shop"
  repository = "https://charts.shop.example"
  version    = "1.4.2"
${more}}`;

const text = { resourceTypes: ["helm_release"], controls: [] } as const;

/** Charts, as far as the code says what is in them. */
export const kubernetesHelmRules: Rule[] = [
  {
    ...text,
    id: "kubernetes-helm-privileged",
    severity: "high",
    category: "isolation",
    title: "The chart is told to run a privileged container",
    failsWhen: switchesOn(/securityContext\.privileged$/i),
    why: "It sees all devices of the machine and can do there whatever root can.",
    fix: "Take the value out and add only the capabilities it needs.",
    examples: {
      bad: release('  values = ["controller:\\n  securityContext:\\n    privileged: true\\n"]\n'),
      good: release('  values = ["controller:\\n  securityContext:\\n    privileged: false\\n"]\n'),
    },
  },
  {
    ...text,
    id: "kubernetes-helm-host-namespaces",
    severity: "medium",
    category: "isolation",
    title: "The chart is told to share the machine's network or processes",
    failsWhen: switchesOn(/(?:^|\.)host(?:Network|PID|IPC)$/),
    why: "The pod hears the machine's traffic, or sees the processes of all others on it.",
    fix: "Take the value out.",
    examples: {
      bad: release('  set {\n    name  = "hostNetwork"\n    value = "true"\n  }\n'),
      good: release('  set {\n    name  = "hostNetwork"\n    value = "false"\n  }\n'),
    },
  },
  {
    ...text,
    id: "kubernetes-helm-plain-text",
    severity: "high",
    category: "integrity",
    title: "The chart is fetched over plain HTTP",
    failsWhen: matches("repository", /^http:\/\//i),
    why: "Whoever stands on the way decides what is run in the cluster.",
    fix: "Take the https:// address of the repository, or an oci:// one.",
    examples: { bad: release("").replace("https://", "http://"), good: release("") },
  },
  {
    ...text,
    id: "kubernetes-helm-no-version",
    severity: "medium",
    category: "integrity",
    title: "Which version of the chart is installed is left open",
    // A chart that lies beside the code has the code's version.
    failsWhen: all(
      not(present("version")),
      not(matches("chart", /^(?:\.{0,2}\/|https:\/\/)|\.tgz$/)),
      present("repository"),
    ),
    why: "The next apply may install something else than was tested.",
    fix: "Set version.",
    examples: { bad: release("").replace(/ {2}version.*\n/, ""), good: release("") },
  },
];
