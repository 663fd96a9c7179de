import type { Rule } from "../../rule.ts";
import type { Match } from "../../vocabulary/condition.ts";
import { isObject } from "../../resources/json.ts";
import { textOf } from "../../vocabulary/text.ts";
import { both, isOff, isOn, where } from "./part.ts";
import { podRule } from "./pod-rule.ts";
import { containers, pods, whereSecured } from "./pods.ts";
import type { Container } from "./pods.ts";

/** Of a privileged container there is a rule that says more. */
function isOrdinary({ part }: Container): Match | undefined {
  return where(part.part("security_context"), "privileged", (value) => !isOn(value));
}

const isRoot = (user: string): boolean => user === "0";

const profile = (type: string) => ({
  pod: { security_context: `security_context {\n  seccomp_profile {\n    type = "${type}"\n  }\n}` },
});

const manifest = (mount: string) => `resource "kubernetes_manifest" "shop" {
  manifest = {
    kind     = "Pod"
    metadata = { name = "shop", namespace = "shop" }
    spec = {
      containers = [{
        name            = "shop"
        image           = "registry.shop.example/shop:1.4.2"
        securityContext = { procMount = "${mount}", allowPrivilegeEscalation = false }
      }]
    }
  }
}`;

/** Who a container runs as, and how it may become more. */
export const kubernetesPodPrivilegeRules: Rule[] = [
  podRule({
    id: "kubernetes-pod-root",
    severity: "medium",
    category: "privilege",
    title: "The container runs as root",
    failsWhen: containers(["security_context.run_as_user"], (container) =>
      whereSecured(container, "run_as_user", (user) => isRoot(textOf(user))),
    ),
    why: "A fault that leads out of the container then leads to root of the machine.",
    fix: "Set run_as_user to another number and run_as_non_root = true.",
    bad: { security: { run_as_user: 'run_as_user                = "0"' } },
  }),
  podRule({
    id: "kubernetes-pod-may-be-root",
    severity: "low",
    category: "privilege",
    title: "Nothing keeps the container from running as root",
    failsWhen: containers(["security_context.run_as_non_root", "security_context.run_as_user"], (container) =>
      both(
        whereSecured(container, "run_as_non_root", (value) => !isOn(value)),
        whereSecured(container, "run_as_user", (user) => textOf(user) === ""),
      ),
    ),
    why: "Most images run as root where nobody says otherwise.",
    fix: "Set run_as_non_root = true for the pod or the container.",
    repair: "none",
    bad: { security: { run_as_non_root: undefined } },
  }),
  podRule({
    id: "kubernetes-pod-privilege-escalation",
    severity: "medium",
    category: "privilege",
    title: "A program in the container may gain more rights than it was started with",
    failsWhen: containers(["security_context.allow_privilege_escalation", "security_context.privileged"], (container) =>
      both(
        where(container.part.part("security_context"), "allow_privilege_escalation", (value) => !isOff(value)),
        isOrdinary(container),
      ),
    ),
    why: "A forgotten setuid program makes root of any user.",
    fix: "Set allow_privilege_escalation = false.",
    bad: { security: { allow_privilege_escalation: "allow_privilege_escalation = true" } },
  }),
  podRule({
    id: "kubernetes-pod-writable-root",
    severity: "low",
    category: "privilege",
    title: "The container may change its own files",
    failsWhen: containers(["security_context.read_only_root_filesystem"], ({ part }) =>
      where(part.part("security_context"), "read_only_root_filesystem", (value) => !isOn(value)),
    ),
    why: "Whoever gets in can put a program of their own there.",
    fix: "Set read_only_root_filesystem = true and mount an empty_dir where it has to write.",
    repair: "none",
    bad: { security: { read_only_root_filesystem: undefined } },
  }),
  podRule({
    id: "kubernetes-pod-system-calls-unfiltered",
    severity: "medium",
    category: "privilege",
    title: "The filter of system calls is switched off",
    failsWhen: containers(["security_context.seccomp_profile.type"], (container) =>
      whereSecured(container, "type", (type) => textOf(type) === "Unconfined", "seccomp_profile"),
    ),
    why: "Most ways out of a container begin with a system call that programs never need.",
    fix: 'Set seccomp_profile { type = "RuntimeDefault" }.',
    bad: profile("Unconfined"),
  }),
  podRule({
    id: "kubernetes-pod-system-calls-default",
    severity: "low",
    category: "privilege",
    title: "No filter of system calls is chosen",
    failsWhen: containers(["security_context.seccomp_profile.type", "security_context.privileged"], (container) =>
      both(
        whereSecured(container, "type", (type) => textOf(type) === "", "seccomp_profile"),
        isOrdinary(container),
      ),
    ),
    why: "In many clusters that means none.",
    fix: 'Set seccomp_profile { type = "RuntimeDefault" } for the pod.',
    bad: { pod: { security_context: undefined } },
  }),
  {
    id: "kubernetes-pod-proc-unmasked",
    severity: "medium",
    category: "privilege",
    title: "The container sees all of the kernel's files about processes",
    resourceTypes: ["kubernetes_manifest", "kubectl_manifest"],
    // The provider's own resources cannot say it.
    failsWhen: containers([], ({ part }) =>
      where(part.part("security_context"), "proc_mount", (value) => textOf(value) === "Unmasked"),
    ),
    why: "Among them are ways to change the machine's kernel that are hidden otherwise.",
    fix: "Leave procMount out.",
    controls: [],
    examples: { bad: manifest("Unmasked"), good: manifest("Default") },
  },
  podRule({
    id: "kubernetes-pod-apparmor-off",
    severity: "medium",
    category: "privilege",
    title: "The container's AppArmor profile is switched off",
    failsWhen: pods(["security_context"], ({ metadata, spec }) => [
      where(metadata, "annotations", (annotations) =>
        Object.entries(isObject(annotations) ? annotations : {}).some(
          ([key, value]) =>
            key.startsWith("container.apparmor.security.beta.kubernetes.io/") && textOf(value) === "unconfined",
        ),
      ),
      where(spec.part("security_context").part("app_armor_profile"), "type", (type) => textOf(type) === "Unconfined"),
    ]),
    why: "Nothing then limits which files and devices it gets at.",
    fix: "Take the annotation out, or name runtime/default.",
    bad: { annotations: { "container.apparmor.security.beta.kubernetes.io/shop": "unconfined" } },
  }),
];
