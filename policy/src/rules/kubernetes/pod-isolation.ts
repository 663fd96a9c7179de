import type { Rule } from "../../rule.ts";
import { textOf } from "../../vocabulary/text.ts";
import { both, isOn, textsOf, where } from "./part.ts";
import { podRule } from "./pod-rule.ts";
import { containers, pods } from "./pods.ts";

/** More than a container may have of what root can do, but short of the whole machine. */
const strong = new Set([
  "ALL",
  "BPF",
  "DAC_READ_SEARCH",
  "PERFMON",
  "SYS_ADMIN",
  "SYS_BOOT",
  "SYS_MODULE",
  "SYS_PTRACE",
  "SYS_RAWIO",
]);
/** What the restricted profile and the baseline let a container add or keep. */
const ordinary = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

const capability = (name: string) => name.toUpperCase().replace(/^CAP_/, "");
const adding = (name: string) => ({
  security: { capabilities: `capabilities {\n  add  = ["${name}"]\n  drop = ["ALL"]\n}` },
});

/** What a pod has in common with the machine it runs on. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const kubernetesPodIsolationRules: Rule[] = [
  podRule({
    id: "kubernetes-pod-privileged",
    severity: "high",
    category: "isolation",
    title: "The container is privileged",
    failsWhen: containers(["security_context.privileged"], ({ part }) =>
      where(part.part("security_context"), "privileged", isOn),
    ),
    why: "It sees all devices of the machine and can do there whatever root can.",
    fix: "Set privileged = false and add only the capabilities it needs.",
    bad: { security: { privileged: "privileged                 = true" } },
  }),
  podRule({
    id: "kubernetes-pod-host-pid",
    severity: "high",
    category: "isolation",
    title: "The pod sees all processes of its machine",
    failsWhen: pods(["host_pid"], ({ spec }) => [where(spec, "host_pid", isOn)]),
    why: "It can read their variables and files, and end them.",
    fix: "Leave host_pid out.",
    bad: { pod: { host_pid: "host_pid = true" } },
  }),
  podRule({
    id: "kubernetes-pod-host-ipc",
    severity: "medium",
    category: "isolation",
    title: "The pod shares memory with the processes of its machine",
    failsWhen: pods(["host_ipc"], ({ spec }) => [where(spec, "host_ipc", isOn)]),
    why: "It can read and change what others keep there.",
    fix: "Leave host_ipc out.",
    bad: { pod: { host_ipc: "host_ipc = true" } },
  }),
  podRule({
    id: "kubernetes-pod-host-network",
    severity: "medium",
    category: "isolation",
    title: "The pod uses the network of its machine",
    failsWhen: pods(["host_network"], ({ spec }) => [where(spec, "host_network", isOn)]),
    why: "It hears the machine's traffic, reaches services that listen only there, and gets past network policies.",
    fix: "Leave host_network out and use a service.",
    bad: { pod: { host_network: "host_network = true" } },
  }),
  podRule({
    id: "kubernetes-pod-host-port",
    severity: "low",
    category: "isolation",
    title: "The container takes a port of its machine",
    failsWhen: containers(["port.host_port"], ({ part }) => {
      const ports = part.parts("port") ?? [];
      return ports.map((port) => where(port, "host_port", (value) => Number(textOf(value)) > 0)).find(Boolean);
    }),
    why: "The port is open on the machine's own address, past services and network policies.",
    fix: "Leave host_port out and use a service.",
    bad: { container: { port: "port {\n  container_port = 8080\n  host_port      = 8080\n}" } },
  }),
  podRule({
    id: "kubernetes-pod-strong-capability",
    severity: "high",
    category: "isolation",
    title: "The container may do what only root of the machine should",
    failsWhen: containers(["security_context.capabilities.add"], ({ part }) =>
      where(part.part("security_context").part("capabilities"), "add", (names) =>
        textsOf(names).some((name) => strong.has(capability(name))),
      ),
    ),
    why: "With such a capability it can leave the container.",
    fix: "Take the capability out of add.",
    bad: adding("SYS_ADMIN"),
  }),
  podRule({
    id: "kubernetes-pod-more-capabilities",
    severity: "medium",
    category: "isolation",
    title: "The container has more capabilities than usual",
    failsWhen: containers(["security_context.capabilities.add"], ({ part }) =>
      where(part.part("security_context").part("capabilities"), "add", (names) =>
        textsOf(names)
          .map(capability)
          .some((name) => !strong.has(name) && !ordinary.has(name)),
      ),
    ),
    why: "It can, say, forge packets or change the machine's network.",
    fix: "Take the capability out of add unless the program cannot do without.",
    bad: adding("NET_ADMIN"),
  }),
  podRule({
    id: "kubernetes-pod-capabilities-kept",
    severity: "low",
    category: "isolation",
    title: "The container keeps the capabilities it starts with",
    failsWhen: containers(["security_context.capabilities.drop", "security_context.privileged"], ({ part }) => {
      const security = part.part("security_context");
      const kept = where(
        security.part("capabilities"),
        "drop",
        (names) => !textsOf(names).some((name) => name.toUpperCase() === "ALL"),
      );
      // A privileged one has them anyway, and a rule that says so.
      return both(
        kept,
        where(security, "privileged", (value) => !isOn(value)),
      );
    }),
    why: "Programs hardly ever need them; faults in the kernel do.",
    fix: 'Add capabilities { drop = ["ALL"] } and add what is needed.',
    bad: { security: { capabilities: undefined } },
  }),
  podRule({
    id: "kubernetes-pod-shared-processes",
    severity: "low",
    category: "isolation",
    title: "Containers of the pod see each other's processes",
    failsWhen: pods(["share_process_namespace"], ({ spec }) => [where(spec, "share_process_namespace", isOn)]),
    why: "A container beside the application can read its variables and memory.",
    fix: "Leave share_process_namespace out.",
    bad: { pod: { share_process_namespace: "share_process_namespace = true" } },
  }),
  podRule({
    id: "kubernetes-pod-windows-host-process",
    severity: "high",
    category: "isolation",
    title: "The pod runs as a process of its Windows machine",
    failsWhen: pods(["security_context.windows_options.host_process"], ({ spec }) => [
      where(spec.part("security_context").part("windows_options"), "host_process", isOn),
    ]),
    why: "It can do whatever the machine's administrator can.",
    fix: "Leave host_process out.",
    bad: {
      pod: {
        security_context:
          'security_context {\n  seccomp_profile {\n    type = "RuntimeDefault"\n  }\n  windows_options {\n    host_process = true\n  }\n}',
      },
    },
  }),
  podRule({
    id: "kubernetes-pod-kernel-settings",
    severity: "medium",
    category: "isolation",
    title: "The pod changes settings of the kernel that are not its own",
    failsWhen: pods(["security_context.sysctl.name"], ({ spec }) =>
      (spec.part("security_context").parts("sysctl") ?? []).map((setting) =>
        where(setting, "name", (name) => !ownSettings.has(textOf(name))),
      ),
    ),
    why: "They hold for every pod of the machine and can bring it down.",
    fix: "Take the setting out, or set it on machines of their own.",
    bad: {
      pod: {
        security_context:
          'security_context {\n  seccomp_profile {\n    type = "RuntimeDefault"\n  }\n  sysctl {\n    name  = "kernel.msgmax"\n    value = "65536"\n  }\n}',
      },
    },
  }),
];

/** Settings that a pod has for itself alone. */
const ownSettings = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
]);
