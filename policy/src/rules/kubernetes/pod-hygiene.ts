import type { Rule } from "../../rule.ts";
import type { Match } from "../../vocabulary/condition.ts";
import { isObject } from "../../resources/json.ts";
import type { Json } from "../../resources/json.ts";
import { textOf } from "../../vocabulary/text.ts";
import { objects } from "./kinds.ts";
import { both, either, isOff, where } from "./part.ts";
import type { Part } from "./part.ts";
import { podRule } from "./pod-rule.ts";
import { containers, pods, runningContainers, runningTypes, workloads } from "./pods.ts";

const hasDigest = (image: string): boolean => /@sha256:[0-9a-f]{64}$/.test(image);

/** `latest`, or no tag at all, which is the same. A port of the registry is no tag. */
const isLatest = (image: string): boolean => {
  const name = image.split("/").at(-1) ?? "";
  return image !== "" && !image.includes("@") && (!name.includes(":") || name.endsWith(":latest"));
};

const lacksEntry = (map: Json, ...names: readonly string[]): boolean =>
  names.some((name) => !isObject(map) || textOf(map[name]) === "");

const missing = (part: Part, block: string): Match | undefined => where(part, block, isMissing);

const isMissing = (value: Json): boolean =>
  value === null || (typeof value === "object" && Object.keys(value).length === 0);

const usesSecret = (part: Part): Match | undefined => {
  const [single, whole] = [part.parts("env"), part.parts("env_from")];
  return either(
    ...(single ?? []).map((one) =>
      where(one.part("value_from").part("secret_key_ref"), "name", (name) => textOf(name) !== ""),
    ),
    ...(whole ?? []).map((one) => where(one.part("secret_ref"), "name", (name) => textOf(name) !== "")),
  );
};

const image = (name: string) => ({ container: { image: `image = "${name}"` } });

/** What makes pods easier to keep running and harder to misuse. */
export const kubernetesPodHygieneRules: Rule[] = [
  podRule({
    id: "kubernetes-pod-latest-image",
    severity: "medium",
    category: "integrity",
    title: "Which version of the image runs is left open",
    failsWhen: containers(["image"], ({ part }) => where(part, "image", (name) => isLatest(textOf(name)))),
    why: "After a restart something else may run than what was tested, and there is no way back.",
    fix: "Name a version, best with its digest.",
    bad: image("registry.shop.example:5000/shop"),
    good: image("registry.shop.example:5000/shop:1.4.2"),
  }),
  podRule({
    id: "kubernetes-pod-image-without-digest",
    severity: "low",
    category: "integrity",
    title: "The image is named by a tag that can be moved",
    failsWhen: containers(["image"], ({ part }) =>
      where(part, "image", (name) => textOf(name) !== "" && !hasDigest(textOf(name)) && !isLatest(textOf(name))),
    ),
    why: "Who may push to the registry can put something else under the same tag.",
    fix: "Add the digest: name:tag@sha256:….",
    bad: image("registry.shop.example/shop:1.4.2"),
  }),
  podRule({
    id: "kubernetes-pod-no-memory-limit",
    severity: "low",
    category: "availability",
    title: "The container may take all memory of its machine",
    failsWhen: containers(["resources.limits"], ({ part }) =>
      where(part.part("resources"), "limits", (limits) => lacksEntry(limits, "memory")),
    ),
    why: "A leak in one program ends others.",
    fix: "Set resources.limits.memory.",
    bad: { container: { resources: 'resources {\n  requests = {\n    cpu    = "100m"\n    memory = "256Mi"\n  }\n}' } },
  }),
  podRule({
    id: "kubernetes-pod-no-requests",
    severity: "low",
    category: "availability",
    title: "The cluster does not know how much the container needs",
    failsWhen: containers(["resources.requests"], ({ part }) =>
      where(part.part("resources"), "requests", (requests) => lacksEntry(requests, "cpu", "memory")),
    ),
    why: "Too much is put on one machine, and this container is the first to be ended.",
    fix: "Set cpu and memory in resources.requests.",
    bad: { container: { resources: 'resources {\n  limits = {\n    memory = "256Mi"\n  }\n}' } },
  }),
  podRule({
    id: "kubernetes-pod-no-liveness-probe",
    severity: "low",
    category: "availability",
    title: "Nobody notices when the container hangs",
    resourceTypes: runningTypes,
    failsWhen: runningContainers(["liveness_probe"], (part) => missing(part, "liveness_probe")),
    why: "It stays as it is until somebody restarts it by hand.",
    fix: "Add a liveness_probe.",
    bad: { container: { liveness_probe: undefined } },
  }),
  podRule({
    id: "kubernetes-pod-no-readiness-probe",
    severity: "low",
    category: "availability",
    title: "The container gets requests before it is ready",
    resourceTypes: runningTypes,
    failsWhen: runningContainers(["readiness_probe"], (part) => missing(part, "readiness_probe")),
    why: "Each start and update loses requests.",
    fix: "Add a readiness_probe.",
    bad: { container: { readiness_probe: undefined } },
  }),
  podRule({
    id: "kubernetes-pod-secret-in-environment",
    severity: "low",
    category: "secrets",
    title: "A secret is handed over as a variable",
    failsWhen: containers(["env.value_from.secret_key_ref.name", "env_from.secret_ref.name"], ({ part }) =>
      usesSecret(part),
    ),
    why: "Variables end up in logs, crash reports and programs that are started.",
    fix: "Mount the secret as a file.",
    bad: {
      container: {
        env: 'env {\n  name = "PASSWORD"\n  value_from {\n    secret_key_ref {\n      name = "shop"\n      key  = "password"\n    }\n  }\n}',
      },
    },
  }),
  podRule({
    id: "kubernetes-pod-default-account",
    severity: "low",
    category: "access",
    title: "The pod gets a token of the namespace's default account",
    failsWhen: pods(["service_account_name", "automount_service_account_token"], ({ spec }) => [
      both(
        where(spec, "service_account_name", (name) => ["", "default"].includes(textOf(name))),
        where(spec, "automount_service_account_token", (value) => !isOff(value)),
      ),
    ]),
    why: "All pods without an account share it; what one of them is allowed, all are.",
    fix: "Name a service account of its own, or set automount_service_account_token = false.",
    bad: { pod: { service_account_name: undefined, automount_service_account_token: undefined } },
  }),
  podRule({
    id: "kubernetes-default-namespace",
    severity: "low",
    category: "isolation",
    title: "The workload stands in the default namespace",
    failsWhen: objects(workloads, ["metadata.namespace"], (object) => {
      const match = where(object.part("metadata"), "namespace", (name) => ["", "default"].includes(textOf(name)));
      return match ? [match] : [];
    }),
    why: "Rights, quotas and network policies are given by namespace; in the shared one they hold for everything.",
    fix: "Make a namespace for the application and name it in metadata.",
    bad: { namespace: "default" },
  }),
];
