import type { Rule } from "../../rule.ts";
import { isObject } from "../../resources/json.ts";
import type { Match } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";
import { objects, typesOf } from "./kinds.ts";
import { both, where } from "./part.ts";

const snippet =
  /^nginx\.(?:ingress\.kubernetes\.io|org)\/(?:configuration|server|auth|location|stream|modsecurity)-snippets?$/;

/** Annotations by which the certificate of the cloud's load balancer is named instead of a `tls` block. */
const certificates =
  /^(?:alb\.ingress\.kubernetes\.io\/(?:certificate-arn|listen-ports)|ingress\.gcp\.kubernetes\.io\/pre-shared-cert|networking\.gke\.io\/(?:managed-certificates|v1beta1\.FrontendConfig)|kubernetes\.io\/ingress\.allow-http|appgw\.ingress\.kubernetes\.io\/appgw-ssl-certificate)$/;

const ingress = (spec: string, annotations = "") => `resource "kubernetes_ingress_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = "shop"
${annotations}  }
  spec {
${spec}    rule {
      host = "shop.example"
    }
  }
}`;

const tls = '    tls {\n      hosts       = ["shop.example"]\n      secret_name = "shop"\n    }\n';
const annotated = (key: string, value: string) => `    annotations = {\n      "${key}" = "${value}"\n    }\n`;
const good = ingress(tls);
const text = { resourceTypes: typesOf(["Ingress"]), controls: [] } as const;

export const kubernetesIngressRules: Rule[] = [
  {
    ...text,
    id: "kubernetes-ingress-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The ingress has no certificate",
    failsWhen: objects(["Ingress"], ["spec.tls", "metadata.annotations"], (object) => {
      const match = both(
        where(object.part("spec"), "tls", (list) => list === null || (Array.isArray(list) && list.length === 0)),
        where(
          object.part("metadata"),
          "annotations",
          (notes) => !Object.keys(isObject(notes) ? notes : {}).some((key) => certificates.test(key)),
        ),
      );
      return match ? [match] : [];
    }),
    why: "Passwords, cookies and pages can be read and changed on the way.",
    fix: "Add a tls block with the hosts and the secret that holds the certificate.",
    examples: { bad: ingress(""), good },
  },
  {
    ...text,
    id: "kubernetes-ingress-no-redirect",
    severity: "low",
    category: "encryption",
    title: "The ingress also answers over plain HTTP",
    failsWhen: objects(["Ingress"], ["metadata.annotations"], (object) =>
      matchOf(
        where(object.part("metadata"), "annotations", (notes) =>
          Object.entries(isObject(notes) ? notes : {}).some(
            ([key, value]) => /\/(?:force-)?ssl-redirect$/.test(key) && textOf(value) === "false",
          ),
        ),
      ),
    ),
    why: "Who types the address without https stays on plain HTTP, where everything can be read and changed.",
    fix: "Take the annotation ssl-redirect out.",
    examples: { bad: ingress(tls, annotated("nginx.ingress.kubernetes.io/ssl-redirect", "false")), good },
  },
  {
    ...text,
    id: "kubernetes-ingress-snippet",
    severity: "medium",
    category: "access",
    title: "The ingress puts text of its own into the proxy's configuration",
    failsWhen: objects(["Ingress"], ["metadata.annotations"], (object) =>
      matchOf(
        where(object.part("metadata"), "annotations", (notes) =>
          Object.keys(isObject(notes) ? notes : {}).some((key) => snippet.test(key)),
        ),
      ),
    ),
    why: "Such text can read all secrets that the proxy may read, which is all of the cluster as a rule.",
    fix: "Say it with annotations made for it, and switch snippets off in the controller.",
    examples: {
      bad: ingress(tls, annotated("nginx.ingress.kubernetes.io/configuration-snippet", "more_set_headers 'x';")),
      good,
    },
  },
];

function matchOf(match: Match | undefined): Match[] {
  return match ? [match] : [];
}
