import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, some, worldOpen } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { clusterExample } from "./gke-examples.ts";

const isAutopilot = isTrue("enable_autopilot");
const good = clusterExample();

const hasPublicEndpoint = not(
  any(
    isTrue("private_cluster_config.enable_private_endpoint"),
    equals("control_plane_endpoints_config.ip_endpoints_config.enabled", false),
  ),
);

/** What all rules about clusters share. */
function clusterRule(
  rule: Omit<Rule, "resourceTypes" | "examples"> & { bad: Record<string, string | undefined> },
): Rule {
  const { bad, ...text } = rule;
  return { ...text, resourceTypes: ["google_container_cluster"], examples: { bad: clusterExample(bad), good } };
}

const anonymously: Condition = any(
  isTrue("rbac_binding_config.enable_insecure_binding_system_authenticated"),
  isTrue("rbac_binding_config.enable_insecure_binding_system_unauthenticated"),
);

export const googleGkeRules: Rule[] = [
  clusterRule({
    id: "google-gke-control-plane-open",
    severity: "high",
    category: "exposure",
    title: "The cluster's control plane can be reached from the whole internet",
    // An empty block closes it to all but the cluster's own networks.
    failsWhen: all(
      any(
        not(present("master_authorized_networks_config")),
        some("master_authorized_networks_config.cidr_blocks", worldOpen("cidr_block"), ["cidr_block"]),
      ),
      hasPublicEndpoint,
    ),
    why: "Anybody can try stolen tokens and known faults against the interface that rules the cluster.",
    fix: "Add master_authorized_networks_config with your networks, or use only the private endpoint.",
    controls: [],
    bad: { master_authorized_networks_config: undefined },
  }),
  clusterRule({
    id: "google-gke-public-nodes",
    severity: "medium",
    category: "exposure",
    title: "The cluster's machines have addresses on the internet",
    failsWhen: not(isTrue("private_cluster_config.enable_private_nodes")),
    why: "One firewall rule too wide, and the machines can be attacked directly.",
    fix: "Set private_cluster_config.enable_private_nodes = true and let them out through Cloud NAT.",
    controls: [],
    repair: "none",
    bad: { private_cluster_config: undefined },
  }),
  clusterRule({
    id: "google-gke-legacy-authorization",
    severity: "high",
    category: "access",
    title: "The cluster uses the legacy authorization beside roles",
    failsWhen: isTrue("enable_legacy_abac"),
    why: "Under it every service account of the cluster may do everything, whatever roles say.",
    fix: "Leave enable_legacy_abac out.",
    controls: [],
    bad: { enable_legacy_abac: "  enable_legacy_abac = true" },
  }),
  clusterRule({
    id: "google-gke-anonymous-bindings",
    severity: "high",
    category: "access",
    title: "Roles may be given to everybody, or to everybody with a Google account",
    failsWhen: anonymously,
    why: "One such binding opens the cluster to people nobody knows.",
    fix: "Leave the two settings of rbac_binding_config at false.",
    controls: [],
    bad: {
      rbac_binding_config:
        "  rbac_binding_config {\n    enable_insecure_binding_system_unauthenticated = true\n    enable_insecure_binding_system_authenticated   = false\n  }",
    },
  }),
  clusterRule({
    id: "google-gke-client-certificate",
    severity: "medium",
    category: "access",
    title: "The cluster gives out a client certificate",
    failsWhen: isTrue("master_auth.client_certificate_config.issue_client_certificate"),
    why: "It cannot be taken back, and it stands in the state.",
    fix: "Set issue_client_certificate = false and log in with Google accounts.",
    controls: [],
    repair: "none",
    bad: {
      master_auth:
        "  master_auth {\n    client_certificate_config {\n      issue_client_certificate = true\n    }\n  }",
    },
  }),
  clusterRule({
    id: "google-gke-no-workload-identity",
    severity: "medium",
    category: "access",
    title: "Pods use the service account of their machine",
    failsWhen: all(not(present("workload_identity_config.workload_pool")), not(isAutopilot)),
    why: "Every pod then has the rights of all others on the machine.",
    fix: "Set workload_identity_config.workload_pool to <project>.svc.id.goog.",
    controls: [],
    bad: { workload_identity_config: undefined },
  }),
  clusterRule({
    id: "google-gke-network-policy-off",
    severity: "medium",
    category: "exposure",
    title: "Network policies have no effect in the cluster",
    failsWhen: all(
      not(isTrue("network_policy.enabled")),
      not(equals("datapath_provider", "ADVANCED_DATAPATH")),
      not(isAutopilot),
    ),
    why: "Every pod reaches every other one; whoever gets into one can go on to all.",
    fix: 'Set datapath_provider = "ADVANCED_DATAPATH", or network_policy.enabled = true.',
    controls: [],
    bad: { datapath_provider: undefined },
  }),
  clusterRule({
    id: "google-gke-shielded-nodes-off",
    severity: "medium",
    category: "integrity",
    title: "The identity of the cluster's machines is not verified",
    failsWhen: all(equals("enable_shielded_nodes", false), not(isAutopilot)),
    why: "A pod that gets at a machine's credentials can pose as a machine.",
    fix: "Leave enable_shielded_nodes at true.",
    controls: [],
    bad: { enable_shielded_nodes: "  enable_shielded_nodes = false" },
  }),
  clusterRule({
    id: "google-gke-no-release-channel",
    severity: "low",
    category: "maintenance",
    title: "The cluster follows no release channel",
    failsWhen: all(not(oneOf("release_channel.channel", ["RAPID", "REGULAR", "STABLE", "EXTENDED"])), not(isAutopilot)),
    why: "Versions with known faults stay until somebody thinks of upgrading.",
    fix: 'Add release_channel { channel = "REGULAR" }.',
    controls: [],
    bad: { release_channel: undefined },
  }),
  clusterRule({
    id: "google-gke-secrets-no-own-key",
    severity: "medium",
    category: "encryption",
    title: "The cluster's secrets are not encrypted with a key of your own",
    failsWhen: not(oneOf("database_encryption.state", ["ENCRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"])),
    why: "Who gets hold of a copy of the cluster's store reads all secrets, and nobody can take the key away.",
    fix: 'Add database_encryption with state = "ENCRYPTED" and a key_name.',
    controls: [],
    bad: { database_encryption: undefined },
  }),
  clusterRule({
    id: "google-gke-any-image",
    severity: "low",
    category: "integrity",
    title: "The cluster runs images that nobody has attested",
    failsWhen: not(
      any(
        isTrue("binary_authorization.enabled"),
        isTrue("enable_binary_authorization"),
        oneOf("binary_authorization.evaluation_mode", [
          "PROJECT_SINGLETON_POLICY_ENFORCE",
          "POLICY_BINDINGS",
          "POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE",
        ]),
      ),
    ),
    why: "An image from anywhere runs as well as one your builds have made.",
    fix: "Add binary_authorization with an enforcing evaluation_mode.",
    controls: [],
    bad: { binary_authorization: undefined },
  }),
  clusterRule({
    id: "google-gke-not-logged",
    severity: "medium",
    category: "logging",
    title: "The cluster's log is switched off",
    failsWhen: equals("logging_service", "none"),
    why: "After an incident nobody can tell what happened in the cluster.",
    fix: "Leave logging_service out, or choose components in logging_config.",
    controls: [],
    bad: { logging_service: '  logging_service = "none"' },
  }),
  clusterRule({
    id: "google-gke-not-monitored",
    severity: "low",
    category: "logging",
    title: "The cluster's monitoring is switched off",
    failsWhen: equals("monitoring_service", "none"),
    why: "Overload, mining and failing machines go unnoticed.",
    fix: "Leave monitoring_service out, or choose components in monitoring_config.",
    controls: [],
    bad: { monitoring_service: '  monitoring_service = "none"' },
  }),
  clusterRule({
    id: "google-gke-alpha",
    severity: "medium",
    category: "maintenance",
    title: "The cluster runs with features that are not finished",
    failsWhen: isTrue("enable_kubernetes_alpha"),
    why: "Such clusters get no upgrades, and are deleted after 30 days.",
    fix: "Leave enable_kubernetes_alpha out.",
    controls: [],
    repair: "none",
    bad: { enable_kubernetes_alpha: "  enable_kubernetes_alpha = true" },
  }),
  clusterRule({
    id: "google-gke-routes-based",
    severity: "low",
    category: "exposure",
    title: "Pods have no addresses of the network",
    failsWhen: equals("networking_mode", "ROUTES"),
    why: "Firewall rules and flow logs cannot tell pods from each other, and private nodes are not possible.",
    fix: 'Set networking_mode = "VPC_NATIVE" with an ip_allocation_policy.',
    controls: [],
    bad: { networking_mode: '  networking_mode = "ROUTES"' },
  }),
  clusterRule({
    id: "google-gke-traffic-in-node-unseen",
    severity: "low",
    category: "logging",
    title: "Traffic between pods of one machine is not seen by the network",
    // With the newer data plane network policies see it; flow logs do not.
    failsWhen: all(not(isTrue("enable_intranode_visibility")), not(isAutopilot)),
    why: "Flow logs miss what pods say to each other on the same machine.",
    fix: "Set enable_intranode_visibility = true.",
    controls: [],
    bad: { enable_intranode_visibility: undefined },
  }),
  clusterRule({
    id: "google-gke-no-groups",
    severity: "low",
    category: "access",
    title: "Roles in the cluster cannot be given to groups",
    failsWhen: not(present("authenticator_groups_config.security_group")),
    why: "Rights given to single people stay when they change teams.",
    fix: "Set authenticator_groups_config.security_group to gke-security-groups@<your domain>.",
    controls: [],
    bad: { authenticator_groups_config: undefined },
  }),
];
