import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { resourcesFromHcl } from "../../examples/resources-from-hcl.ts";
import { judgeResources } from "../../judging/judge-resources.ts";
import { kubernetesRules } from "./kubernetes-rules.ts";

const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

function worseThanLow(hcl: string): string[] {
  return found(hcl, "critical", "high", "medium");
}

function blocking(hcl: string): string[] {
  return found(hcl, "critical", "high");
}

function found(hcl: string, ...severities: readonly string[]): string[] {
  return judgeResources(resourcesFromHcl(hcl), kubernetesRules, policy)
    .filter(({ finding }) => severities.includes(finding.severity))
    .map(({ finding }) => `${finding.rule} ${finding.outcome} ${finding.address}`);
}

describe("what is made well, as people write it", () => {
  it("is silent about a controller with what it needs to watch the cluster", () => {
    expect(
      worseThanLow(`
resource "kubernetes_cluster_role_v1" "controller" {
  metadata {
    name = "controller"
  }
  rule {
    api_groups = [""]
    resources  = ["nodes", "pods", "services", "endpoints", "events"]
    verbs      = ["get", "list", "watch"]
  }
  rule {
    api_groups     = [""]
    resources      = ["secrets"]
    resource_names = ["controller"]
    verbs          = ["get"]
  }
  rule {
    api_groups = ["cert-manager.io", "acme.cert-manager.io"]
    resources  = ["*"]
    verbs      = ["*"]
  }
  rule {
    non_resource_urls = ["/metrics"]
    verbs             = ["get"]
  }
}
resource "kubernetes_cluster_role_binding_v1" "controller" {
  metadata {
    name = "controller"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "controller"
  }
  subject {
    kind      = "ServiceAccount"
    name      = "controller"
    namespace = "controller"
  }
}
resource "kubernetes_role_v1" "leader" {
  metadata {
    name      = "leader"
    namespace = "controller"
  }
  rule {
    api_groups = ["coordination.k8s.io"]
    resources  = ["leases"]
    verbs      = ["get", "create", "update"]
  }
}
resource "kubernetes_cluster_role_binding_v1" "discovery" {
  metadata {
    name = "discovery"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "system:service-account-issuer-discovery"
  }
  subject {
    kind = "Group"
    name = "system:unauthenticated"
  }
}`),
    ).toEqual([]);
  });

  it("does not block what watches a machine and can only read there", () => {
    const watcher = (readOnly: boolean) =>
      blocking(`
resource "kubernetes_daemonset" "node_exporter" {
  metadata {
    name      = "node-exporter"
    namespace = "monitoring"
  }
  spec {
    template {
      metadata {}
      spec {
        container {
          name  = "node-exporter"
          image = "registry.shop.example/node-exporter:1.8.1"
          volume_mount {
            name       = "root"
            mount_path = "/host/root"
            read_only  = ${readOnly}
          }
        }
        volume {
          name = "root"
          host_path {
            path = "/"
          }
        }
      }
    }
  }
}`);
    expect(watcher(true)).toEqual([]);
    expect(watcher(false)).toEqual(["kubernetes-pod-sensitive-host-path fail kubernetes_daemonset.node_exporter"]);
  });

  it("is silent about an internal load balancer, an ingress of a cloud and a job", () => {
    expect(
      worseThanLow(`
resource "kubernetes_service_v1" "database" {
  metadata {
    name = "database"
    annotations = {
      "networking.gke.io/load-balancer-type" = "Internal"
    }
  }
  spec {
    type = "LoadBalancer"
    port {
      port = 5432
    }
  }
}
resource "kubernetes_service_v1" "headless" {
  metadata {
    name = "headless"
  }
  spec {
    cluster_ip = "None"
    port {
      port = 5432
    }
  }
}
resource "kubernetes_ingress_v1" "shop" {
  metadata {
    name = "shop"
    annotations = {
      "alb.ingress.kubernetes.io/certificate-arn" = "arn:aws:acm:eu-west-1:111122223333:certificate/shop"
    }
  }
  spec {
    rule {
      host = "shop.example"
    }
  }
}
resource "kubernetes_job_v1" "migrate" {
  metadata {
    name      = "migrate"
    namespace = "shop"
  }
  spec {
    template {
      metadata {}
      spec {
        container {
          name  = "migrate"
          image = "registry.shop.example:5000/shop:1.4.2"
          security_context {
            allow_privilege_escalation = "false"
          }
        }
      }
    }
  }
}
resource "helm_release" "shop" {
  name   = "shop"
  chart  = "./charts/shop"
  values = ["replicas: 2"]
}`),
    ).toEqual([]);
  });
});
