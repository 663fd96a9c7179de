import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, judge, matches, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import { textOf } from "../../vocabulary/text.ts";

/** Languages that get no more fixes. https://cloud.google.com/functions/docs/runtime-support */
const ended =
  /^(?:nodejs(?:6|8|10|12|14|16|18)|python3[789]|go1(?:11|13|16|18|19|20)|java(?:8|11)|ruby(?:2[67]|30|31)|php(?:55|7\d|81)|dotnet(?:3|6))$/;

const account = '    service_account = "shop@shop-prod.iam.gserviceaccount.com"';

const service = (more: string) => `resource "google_cloud_run_v2_service" "shop" {
  name     = "shop"
${more}
  template {
${account}
  }
}`;
const internal = '  ingress  = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"';

const functionOf = (more: string, runtime = "nodejs22") => `resource "google_cloudfunctions_function" "shop" {
  name                  = "shop"
  runtime               = "${runtime}"
  trigger_http          = true
  service_account_email = "shop@shop-prod.iam.gserviceaccount.com"
${more}
}`;
const secure = '  https_trigger_security_level = "SECURE_ALWAYS"';
const within = '  ingress_settings      = "ALLOW_INTERNAL_ONLY"';

const runOne = (ingress: string) => `resource "google_cloud_run_service" "shop" {
  name = "shop"
  metadata {
    annotations = {
      "run.googleapis.com/ingress" = "${ingress}"
    }
  }
  template {
    spec {
      service_account_name = "shop@shop-prod.iam.gserviceaccount.com"
    }
  }
}`;

const handlers = (level: string) => `resource "google_app_engine_standard_app_version" "shop" {
  service = "shop"
  runtime = "nodejs22"
  handlers {
    url_regex      = "/.*"
    security_level = "${level}"
  }
}`;

/** The older resource says it by an annotation. */
const isInternal = judge(
  ({ read }) => {
    const attribute = 'metadata.annotations["run.googleapis.com/ingress"]';
    const value = read(attribute);
    if (!value.known) return [{ outcome: "unknown", attribute }];
    return textOf(value.value).startsWith("internal") ? [{ outcome: "true", attribute }] : [];
  },
  ["metadata.annotations"],
);

export const googleServerlessRules: Rule[] = [
  {
    id: "google-cloud-run-no-login",
    severity: "high",
    category: "exposure",
    title: "The service asks nobody who they are",
    resourceTypes: ["google_cloud_run_v2_service"],
    failsWhen: isTrue("invoker_iam_disabled"),
    why: "Nothing but the application itself stands between it and the internet.",
    fix: "Leave invoker_iam_disabled out and give roles/run.invoker to those who need it.",
    controls: [],
    examples: { bad: service(`${internal}\n  invoker_iam_disabled = true`), good: service(internal) },
  },
  {
    id: "google-cloud-run-any-network",
    severity: "low",
    category: "exposure",
    title: "The service can be reached from the internet past the load balancer",
    resourceTypes: ["google_cloud_run_v2_service"],
    failsWhen: not(oneOf("ingress", ["INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"])),
    why: "Requests come in past the web application firewall and its limits.",
    fix: "Set ingress to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER or INGRESS_TRAFFIC_INTERNAL_ONLY.",
    controls: [],
    repair: "none",
    examples: { bad: service('  ingress  = "INGRESS_TRAFFIC_ALL"'), good: service(internal) },
  },
  {
    id: "google-cloud-run-v1-any-network",
    severity: "low",
    category: "exposure",
    title: "The service can be reached from the internet past the load balancer",
    resourceTypes: ["google_cloud_run_service"],
    failsWhen: not(isInternal),
    why: "Requests come in past the web application firewall and its limits.",
    fix: "Set the annotation run.googleapis.com/ingress to internal-and-cloud-load-balancing or internal.",
    controls: [],
    examples: { bad: runOne("all"), good: runOne("internal-and-cloud-load-balancing") },
  },
  {
    id: "google-function-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The function answers over plain HTTP",
    resourceTypes: ["google_cloudfunctions_function"],
    failsWhen: all(not(equals("https_trigger_security_level", "SECURE_ALWAYS")), isTrue("trigger_http")),
    why: "Requests and tokens can be read and changed on the way.",
    fix: 'Set https_trigger_security_level = "SECURE_ALWAYS".',
    controls: [],
    examples: { bad: functionOf(within), good: functionOf(`${within}\n${secure}`) },
  },
  {
    id: "google-function-any-network",
    severity: "low",
    category: "exposure",
    title: "The function can be called from the internet",
    resourceTypes: ["google_cloudfunctions_function"],
    failsWhen: all(
      not(oneOf("ingress_settings", ["ALLOW_INTERNAL_ONLY", "ALLOW_INTERNAL_AND_GCLB"])),
      isTrue("trigger_http"),
    ),
    why: "Requests come in past the web application firewall and its limits.",
    fix: "Set ingress_settings to ALLOW_INTERNAL_AND_GCLB or ALLOW_INTERNAL_ONLY.",
    controls: [],
    repair: "none",
    examples: { bad: functionOf(secure), good: functionOf(`${secure}\n${within}`) },
  },
  {
    id: "google-function-runtime-ended",
    severity: "medium",
    category: "maintenance",
    title: "The function's language gets no more fixes",
    resourceTypes: ["google_cloudfunctions_function"],
    failsWhen: matches("runtime", ended),
    why: "Faults found in it from now on stay open.",
    fix: "Take a runtime that is still kept up, such as nodejs22 or python312.",
    controls: [],
    examples: { bad: functionOf(`${secure}\n${within}`, "nodejs12"), good: functionOf(`${secure}\n${within}`) },
  },
  {
    id: "google-function-v2-runtime-ended",
    severity: "medium",
    category: "maintenance",
    title: "The function's language gets no more fixes",
    resourceTypes: ["google_cloudfunctions2_function"],
    failsWhen: matches("build_config.runtime", ended),
    why: "Faults found in it from now on stay open.",
    fix: "Take a runtime that is still kept up, such as nodejs22 or python312.",
    controls: [],
    examples: {
      bad: `resource "google_cloudfunctions2_function" "shop" {
  build_config {
    runtime = "python37"
  }
}`,
      good: `resource "google_cloudfunctions2_function" "shop" {
  build_config {
    runtime = "python312"
  }
}`,
    },
  },
  {
    id: "google-app-engine-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The application answers over plain HTTP",
    resourceTypes: ["google_app_engine_standard_app_version", "google_app_engine_flexible_app_version"],
    failsWhen: some("handlers", not(equals("security_level", "SECURE_ALWAYS")), ["url_regex"]),
    why: "Passwords, cookies and pages can be read and changed on the way.",
    fix: 'Set security_level = "SECURE_ALWAYS" in every handlers block.',
    controls: [],
    examples: { bad: handlers("SECURE_OPTIONAL"), good: handlers("SECURE_ALWAYS") },
  },
  {
    id: "google-app-engine-domain-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The application's domain has no certificate",
    resourceTypes: ["google_app_engine_domain_mapping"],
    failsWhen: not(any(present("ssl_settings.ssl_management_type"), present("ssl_settings.certificate_id"))),
    why: "Under this name everything goes over plain HTTP.",
    fix: 'Add ssl_settings { ssl_management_type = "AUTOMATIC" }.',
    controls: [],
    examples: {
      bad: `resource "google_app_engine_domain_mapping" "shop" {
  domain_name = "shop.example"
}`,
      good: `resource "google_app_engine_domain_mapping" "shop" {
  domain_name = "shop.example"
  ssl_settings {
    ssl_management_type = "AUTOMATIC"
  }
}`,
    },
  },
];
