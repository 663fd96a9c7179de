import type { Rule } from "../../rule.ts";
import { isObject } from "../../resources/json.ts";
import type { Json } from "../../resources/json.ts";
import type { Match } from "../../vocabulary/condition.ts";
import { isWorld } from "../../vocabulary/network.ts";
import { textOf } from "../../vocabulary/text.ts";
import { opensAdministration, opensDatabase } from "../ports.ts";
import { objects, typesOf } from "./kinds.ts";
import { both, textsOf, where } from "./part.ts";
import type { Part } from "./part.ts";

const reads = ["spec.type", "spec.load_balancer_source_ranges", "metadata.annotations", "spec.port.port"];

/** Annotations by which clouds are asked for an address inside the network only. */
const inside: readonly (readonly [string, RegExp])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(?:true|0\.0\.0\.0\/0)$/],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/],
  ["networking.gke.io/load-balancer-type", /^internal$/i],
  ["cloud.google.com/load-balancer-type", /^internal$/i],
  ["service.beta.kubernetes.io/openstack-internal-load-balancer", /^true$/],
  ["service.beta.kubernetes.io/oci-load-balancer-internal", /^true$/],
  ["service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", /./],
];

function isInside(annotations: Json): boolean {
  const own = isObject(annotations) ? annotations : {};
  return inside.some(([key, value]) => value.test(textOf(own[key])));
}

/** A load balancer that takes in the whole internet. */
function isOpen(service: Part): Match | undefined {
  const spec = service.part("spec");
  const open = both(
    where(spec, "type", (type) => textOf(type) === "LoadBalancer"),
    where(spec, "load_balancer_source_ranges", (ranges) => {
      const texts = textsOf(ranges);
      return texts.length === 0 || texts.some(isWorld);
    }),
  );
  return both(
    open,
    where(service.part("metadata"), "annotations", (annotations) => !isInside(annotations)),
  );
}

/** A port that databases or administration listen on. */
function opensSensitive(service: Part): boolean {
  return (service.part("spec").parts("port") ?? []).some((port) => {
    const value = port.read("port");
    const number = value.known ? Number(textOf(value.value)) : Number.NaN;
    const range = { from: number, to: number, all: false };
    return opensDatabase(range) || opensAdministration(range);
  });
}

const service = (spec: string, port = 443) => `resource "kubernetes_service_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = "shop"
  }
  spec {
${spec}
    port {
      port = ${port}
    }
  }
}`;

const balanced = '    type = "LoadBalancer"';
const limited = `${balanced}\n    load_balancer_source_ranges = ["198.51.100.0/24"]`;
const text = { category: "exposure", resourceTypes: typesOf(["Service"]), controls: [] } as const;

export const kubernetesServiceRules: Rule[] = [
  {
    ...text,
    id: "kubernetes-service-world-open-database",
    severity: "critical",
    title: "A database or administration port is open to the whole internet",
    failsWhen: objects(["Service"], reads, (object) => {
      const open = opensSensitive(object) ? isOpen(object) : undefined;
      return open ? [open] : [];
    }),
    why: "Anybody can try passwords and known faults against it; scanners find such a port within minutes.",
    fix: 'Use type = "ClusterIP", or name your networks in load_balancer_source_ranges.',
    examples: { bad: service(balanced, 5432), good: service(limited, 5432) },
  },
  {
    ...text,
    id: "kubernetes-service-world-open",
    severity: "medium",
    title: "The service can be reached from the whole internet",
    failsWhen: objects(["Service"], reads, (object) => {
      const open = opensSensitive(object) ? undefined : isOpen(object);
      return open ? [open] : [];
    }),
    why: "It gets an address of its own, past the ingress with its certificates and limits.",
    fix: "Put it behind an ingress, name your networks in load_balancer_source_ranges, or ask for an internal address.",
    examples: { bad: service(balanced), good: service(limited) },
  },
  {
    ...text,
    id: "kubernetes-service-node-port",
    severity: "low",
    title: "The service takes a port on every machine of the cluster",
    failsWhen: objects(["Service"], reads, (object) => {
      const match = where(object.part("spec"), "type", (type) => textOf(type) === "NodePort");
      return match ? [match] : [];
    }),
    why: "Every machine with an address that is reached opens the way to it, past the ingress.",
    fix: 'Use type = "ClusterIP" and an ingress.',
    examples: { bad: service('    type = "NodePort"'), good: service('    type = "ClusterIP"') },
  },
  {
    ...text,
    id: "kubernetes-service-external-addresses",
    severity: "medium",
    title: "The service takes over addresses outside the cluster",
    failsWhen: objects(["Service"], ["spec.external_ips"], (object) => {
      const match = where(object.part("spec"), "external_ips", (ips) => textsOf(ips).length > 0);
      return match ? [match] : [];
    }),
    why: "Traffic of the cluster to such an address ends here; so anybody who may make services can listen in.",
    fix: "Take external_ips out and use a load balancer.",
    examples: {
      bad: service('    type = "ClusterIP"\n    external_ips = ["198.51.100.7"]'),
      good: service('    type = "ClusterIP"'),
    },
  },
];
