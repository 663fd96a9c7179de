import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { resourcesFromHcl } from "../../examples/resources-from-hcl.ts";
import { judgeResources } from "../../judging/judge-resources.ts";
import { kubernetesRules } from "./kubernetes-rules.ts";

const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

function worseThanLow(hcl: string): string[] {
  return judgeResources(resourcesFromHcl(hcl), kubernetesRules, policy)
    .filter(({ finding }) => finding.severity !== "low")
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
