import type { Rule } from "../../rule.ts";
import { equals, not } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";
import { objects, typesOf } from "./kinds.ts";
import { where } from "./part.ts";

const secret = (type: string) => `resource "kubernetes_secret_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = "shop"
  }
  type = "${type}"
}`;

const account = (mount: boolean) => `resource "kubernetes_default_service_account_v1" "shop" {
  metadata {
    namespace = "shop"
  }
  automount_service_account_token = ${mount}
}`;

const volume = (source: string) => `resource "kubernetes_persistent_volume_v1" "shop" {
  metadata {
    name = "shop"
  }
  spec {
    persistent_volume_source {
${source}
    }
  }
}`;

export const kubernetesAccountAndVolumeRules: Rule[] = [
  {
    id: "kubernetes-secret-lasting-token",
    severity: "medium",
    category: "access",
    title: "A token that never ends is made for the service account",
    resourceTypes: typesOf(["Secret"]),
    failsWhen: objects(["Secret"], ["type"], (object) => {
      const match = where(object, "type", (type) => textOf(type) === "kubernetes.io/service-account-token");
      return match ? [match] : [];
    }),
    why: "Whoever finds it, in the cluster or in a state, is the account until somebody deletes it.",
    fix: "Let pods have the short-lived token they get by themselves, or ask for one with kubernetes_token_request_v1.",
    controls: [],
    examples: { bad: secret("kubernetes.io/service-account-token"), good: secret("Opaque") },
  },
  {
    id: "kubernetes-default-account-token",
    severity: "low",
    category: "access",
    title: "Pods get a token of the namespace's default account",
    resourceTypes: ["kubernetes_default_service_account", "kubernetes_default_service_account_v1"],
    failsWhen: not(equals("automount_service_account_token", false)),
    why: "All pods without an account share it; what one of them is allowed, all are.",
    fix: "Set automount_service_account_token = false.",
    controls: [],
    examples: { bad: account(true), good: account(false) },
  },
  {
    id: "kubernetes-volume-host-path",
    severity: "medium",
    category: "isolation",
    title: "The volume is a folder of a machine",
    resourceTypes: typesOf(["PersistentVolume"]),
    failsWhen: objects(["PersistentVolume"], ["spec.persistent_volume_source.host_path.path"], (object) => {
      const spec = object.part("spec");
      const own = where(spec.part("persistent_volume_source").part("host_path"), "path", (path) => textOf(path) !== "");
      const match = own ?? where(spec.part("host_path"), "path", (path) => textOf(path) !== "");
      return match ? [match] : [];
    }),
    why: "Whoever may claim the volume reads and writes files of the machine.",
    fix: "Use a storage class, or a local volume on a disk of its own.",
    controls: [],
    examples: {
      bad: volume('      host_path {\n        path = "/data"\n      }'),
      good: volume('      nfs {\n        server = "files.shop.example"\n        path   = "/shop"\n      }'),
    },
  },
];
