import type { Rule } from "../../rule.ts";
import { all, equals, isTrue, judge, not, oneOf, present } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { isDefaultAccount } from "./default-account.ts";
import { textOf } from "../../vocabulary/text.ts";
import { poolExample } from "./gke-examples.ts";

const types = ["google_container_node_pool", "google_container_cluster"];

/** A cluster's own `node_config` counts only while its first pool stays: not where that is removed, or is Google's. */
const hasNodes: Condition = judge(
  ({ read }) => {
    const [removed, autopilot, pools] = [read("remove_default_node_pool"), read("enable_autopilot"), read("node_pool")];
    if (!removed.known || !autopilot.known || !pools.known) return [{ outcome: "unknown" }];
    const isOn = [removed.value, autopilot.value].some((value) => textOf(value) === "true");
    return isOn || (Array.isArray(pools.value) && pools.value.length > 0) ? [] : [{ outcome: "true" }];
  },
  ["remove_default_node_pool", "enable_autopilot", "node_pool"],
);

const good = poolExample();

const management = (upgrade: boolean, repair: boolean) =>
  poolExample().replace(
    '  cluster = "shop"',
    `  cluster = "shop"\n  management {\n    auto_upgrade = ${upgrade}\n    auto_repair  = ${repair}\n  }`,
  );

export const googleGkeNodeRules: Rule[] = [
  {
    id: "google-gke-nodes-default-account",
    severity: "medium",
    category: "access",
    title: "The cluster's machines run as the project's default service account",
    resourceTypes: types,
    failsWhen: all(isDefaultAccount("node_config.service_account"), hasNodes),
    why: "In most projects that account may edit everything, and every pod that escapes gets its token.",
    fix: "Make a service account with roles/container.defaultNodeServiceAccount and name it in node_config.service_account.",
    controls: [],
    examples: { bad: poolExample({ service_account: undefined }), good },
  },
  {
    id: "google-gke-nodes-metadata-open",
    severity: "medium",
    category: "access",
    title: "Pods can read the metadata of their machine",
    resourceTypes: types,
    failsWhen: all(
      oneOf("node_config.workload_metadata_config.mode", ["GCE_METADATA", "MODE_UNSPECIFIED", "EXPOSE", "UNSPECIFIED"]),
      hasNodes,
    ),
    why: "A fault in an application gives away the token of the machine's account.",
    fix: 'Set node_config.workload_metadata_config.mode = "GKE_METADATA".',
    controls: [],
    examples: {
      bad: poolExample({
        workload_metadata_config: '    workload_metadata_config {\n      mode = "GCE_METADATA"\n    }',
      }),
      good,
    },
  },
  {
    id: "google-gke-nodes-secure-boot-off",
    severity: "low",
    category: "integrity",
    title: "The cluster's machines also start unsigned boot loaders and drivers",
    resourceTypes: types,
    failsWhen: all(not(isTrue("node_config.shielded_instance_config.enable_secure_boot")), hasNodes),
    why: "Malware below the operating system stays hidden from everything above.",
    fix: "Set node_config.shielded_instance_config.enable_secure_boot = true, unless a driver is unsigned.",
    controls: [],
    examples: { bad: poolExample({ shielded_instance_config: undefined }), good },
  },
  {
    id: "google-gke-nodes-not-watched",
    severity: "medium",
    category: "integrity",
    title: "The start of the cluster's machines is not watched",
    resourceTypes: types,
    failsWhen: all(equals("node_config.shielded_instance_config.enable_integrity_monitoring", false), hasNodes),
    why: "A changed boot loader or kernel goes unnoticed.",
    fix: "Leave enable_integrity_monitoring at true.",
    controls: [],
    examples: {
      bad: poolExample({
        shielded_instance_config:
          "    shielded_instance_config {\n      enable_secure_boot          = true\n      enable_integrity_monitoring = false\n    }",
      }),
      good,
    },
  },
  {
    id: "google-gke-nodes-read-only-port",
    severity: "medium",
    category: "exposure",
    title: "The machines' agent answers without a login",
    resourceTypes: types,
    failsWhen: all(isTrue("node_config.kubelet_config.insecure_kubelet_readonly_port_enabled"), hasNodes),
    why: "Every pod can read names, images and variables of all others on the machine.",
    fix: 'Set kubelet_config.insecure_kubelet_readonly_port_enabled = "FALSE".',
    controls: [],
    examples: {
      bad: poolExample({
        kubelet_config:
          '    kubelet_config {\n      cpu_manager_policy                     = "none"\n      insecure_kubelet_readonly_port_enabled = "TRUE"\n    }',
      }),
      good,
    },
  },
  {
    id: "google-gke-nodes-not-upgraded",
    severity: "medium",
    category: "maintenance",
    title: "The cluster's machines are not upgraded automatically",
    resourceTypes: ["google_container_node_pool"],
    // Without the block the service upgrades and repairs; with it both have to be asked for.
    failsWhen: all(not(isTrue("management.auto_upgrade")), present("management")),
    why: "Faults in the kernel and the agent stay until somebody thinks of it.",
    fix: "Set management.auto_upgrade = true and choose a maintenance window.",
    controls: [],
    examples: { bad: management(false, true), good: management(true, true) },
  },
  {
    id: "google-gke-nodes-not-repaired",
    severity: "low",
    category: "availability",
    title: "Broken machines of the cluster are not replaced",
    resourceTypes: ["google_container_node_pool"],
    failsWhen: all(not(isTrue("management.auto_repair")), present("management")),
    why: "A machine that hangs stays in the pool until somebody notices.",
    fix: "Set management.auto_repair = true.",
    controls: [],
    examples: { bad: management(true, false), good: management(true, true) },
  },
  {
    id: "google-gke-pool-public-nodes",
    severity: "medium",
    category: "exposure",
    title: "The pool's machines have addresses on the internet",
    resourceTypes: ["google_container_node_pool"],
    failsWhen: equals("network_config.enable_private_nodes", false),
    why: "One firewall rule too wide, and the machines can be attacked directly.",
    fix: "Set network_config.enable_private_nodes = true.",
    controls: [],
    repair: "none",
    examples: {
      bad: good.replace(
        '  cluster = "shop"',
        '  cluster = "shop"\n  network_config {\n    enable_private_nodes = false\n  }',
      ),
      good,
    },
  },
];
