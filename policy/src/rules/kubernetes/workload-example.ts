type Settings = Record<string, string | undefined>;

/** What to write otherwise than well; undefined leaves a setting out. */
export interface ChangedWorkload {
  /** Besides the security context. */
  container?: Settings;
  /** The container's security context. */
  security?: Settings;
  pod?: Settings;
  /** The pod's annotations. */
  annotations?: Record<string, string>;
  /** The workload's namespace; null leaves it out. */
  namespace?: string | null;
}

/** HCL of a deployment in which every setting is good but those given. */
export function workloadExample(changed: ChangedWorkload = {}): string {
  const { container = {}, security = {}, pod = {}, annotations = {}, namespace = "shop" } = changed;
  const notes = Object.entries(annotations).map(([key, value]) => `          "${key}" = "${value}"`);
  const securityLines = lines({
    privileged: "privileged                 = false",
    allow_privilege_escalation: "allow_privilege_escalation = false",
    read_only_root_filesystem: "read_only_root_filesystem  = true",
    run_as_non_root: "run_as_non_root            = true",
    capabilities: 'capabilities {\n  drop = ["ALL"]\n}',
    ...security,
  });
  const containerLines = lines({
    name: 'name  = "shop"',
    image: `image = "registry.shop.example/shop@sha256:${"a".repeat(64)}"`,
    resources:
      'resources {\n  limits = {\n    memory = "256Mi"\n  }\n  requests = {\n    cpu    = "100m"\n    memory = "256Mi"\n  }\n}',
    liveness_probe: "liveness_probe {\n  tcp_socket {\n    port = 8080\n  }\n}",
    readiness_probe: "readiness_probe {\n  tcp_socket {\n    port = 8080\n  }\n}",
    security_context: `security_context {\n${indent(securityLines)}\n}`,
    ...container,
  });
  const podLines = lines({
    service_account_name: 'service_account_name            = "shop"',
    automount_service_account_token: "automount_service_account_token = false",
    security_context: 'security_context {\n  seccomp_profile {\n    type = "RuntimeDefault"\n  }\n}',
    container: `container {\n${indent(containerLines)}\n}`,
    ...pod,
  });
  return `resource "kubernetes_deployment_v1" "shop" {
  metadata {
    name      = "shop"${namespace === null ? "" : `\n    namespace = "${namespace}"`}
  }
  spec {
    template {
      metadata {
        labels = {
          app = "shop"
        }${notes.length === 0 ? "" : `\n        annotations = {\n${notes.join("\n")}\n        }`}
      }
      spec {
${indent(podLines, 8)}
      }
    }
  }
}`;
}

function lines(settings: Settings): string {
  return Object.values(settings)
    .filter((line) => line !== undefined)
    .join("\n");
}

function indent(text: string, by = 2): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(by));
}
