import type { Rule } from "../../rule.ts";
import { all, any, isTrue, matches, not, present, some, worldOpen } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";

const plainAddress = /^http:\/\/(?!localhost[:/])/i;

const key = (restrictions: string) => `resource "google_apikeys_key" "shop" {
  name = "shop"
  restrictions {
${restrictions}
  }
}`;
const targets = '    api_targets {\n      service = "translate.googleapis.com"\n    }';
const callers = '    server_key_restrictions {\n      allowed_ips = ["198.51.100.7"]\n    }';

const level = (range: string) => `resource "google_access_context_manager_access_level" "office" {
  name  = "office"
  basic {
    conditions {
      ip_subnetworks = ["${range}"]
    }
  }
}`;

const subscription = (endpoint: string) => `resource "google_pubsub_subscription" "orders" {
  name  = "orders"
  topic = "orders"
  push_config {
    push_endpoint = "${endpoint}"
    oidc_token {
      service_account_email = "shop@shop-prod.iam.gserviceaccount.com"
    }
  }
}`;

const schedule = (uri: string) => `resource "google_cloud_scheduler_job" "nightly" {
  name = "nightly"
  http_target {
    uri = "${uri}"
  }
}`;

const bucketConfig = (days: number) => `resource "google_logging_project_bucket_config" "shop" {
  bucket_id      = "_Default"
  retention_days = ${days}
}`;

const exclusion = (filter: string) => `resource "google_logging_project_exclusion" "shop" {
  name   = "shop"
  filter = "${filter}"
}`;

export const googlePlatformRules: Rule[] = [
  {
    id: "google-api-key-any-service",
    severity: "medium",
    category: "access",
    title: "The key works for every service of the project",
    resourceTypes: ["google_apikeys_key"],
    failsWhen: not(present("restrictions.api_targets")),
    why: "A key lies in pages and apps; whoever copies it can use, at your cost, all that the project has switched on.",
    fix: "Add restrictions.api_targets with the services it is for.",
    controls: ["CIS GCP 5.0 1.15"],
    examples: { bad: key(callers), good: key(`${callers}\n${targets}`) },
  },
  {
    id: "google-api-key-any-caller",
    severity: "medium",
    category: "access",
    title: "The key works for whoever copies it",
    resourceTypes: ["google_apikeys_key"],
    failsWhen: not(
      any(
        present("restrictions.server_key_restrictions"),
        present("restrictions.browser_key_restrictions"),
        present("restrictions.android_key_restrictions"),
        present("restrictions.ios_key_restrictions"),
      ),
    ),
    why: "A key lies in pages and apps; nothing ties it to yours.",
    fix: "Restrict it to addresses, websites or apps.",
    controls: [],
    examples: { bad: key(targets), good: key(`${callers}\n${targets}`) },
  },
  {
    id: "google-access-level-everywhere",
    severity: "high",
    category: "exposure",
    title: "The access level is met from the whole internet",
    resourceTypes: ["google_access_context_manager_access_level"],
    failsWhen: some("basic.conditions", all(worldOpen("ip_subnetworks"), not(isTrue("negate"))), ["ip_subnetworks"]),
    why: "Perimeters and proxies that ask for this level keep nobody out.",
    fix: "Name your own networks in ip_subnetworks.",
    controls: [],
    examples: { bad: level("0.0.0.0/0"), good: level("198.51.100.0/24") },
  },
  {
    id: "google-pubsub-push-plain-text",
    severity: "medium",
    category: "encryption",
    title: "Messages are pushed over plain HTTP",
    resourceTypes: ["google_pubsub_subscription"],
    failsWhen: matches("push_config.push_endpoint", plainAddress),
    why: "Messages and the token beside them can be read and changed on the way.",
    fix: "Push to an https:// address.",
    controls: [],
    examples: { bad: subscription("http://shop.example/orders"), good: subscription("https://shop.example/orders") },
  },
  {
    id: "google-scheduler-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The job calls over plain HTTP",
    resourceTypes: ["google_cloud_scheduler_job"],
    failsWhen: matches("http_target.uri", plainAddress),
    why: "Calls and the token beside them can be read and changed on the way.",
    fix: "Call an https:// address.",
    controls: [],
    examples: { bad: schedule("http://shop.example/nightly"), good: schedule("https://shop.example/nightly") },
  },
  {
    id: "google-log-bucket-short",
    severity: "low",
    category: "logging",
    title: "Logs are gone within three months",
    resourceTypes: [
      "google_logging_project_bucket_config",
      "google_logging_folder_bucket_config",
      "google_logging_organization_bucket_config",
    ],
    failsWhen: below("retention_days", 90, 30),
    why: "Break-ins are often found only after months.",
    fix: "Set retention_days to at least 90.",
    controls: [],
    examples: { bad: bucketConfig(30), good: bucketConfig(400) },
  },
  {
    id: "google-log-excludes-audit",
    severity: "medium",
    category: "logging",
    title: "Audit entries are thrown away",
    resourceTypes: [
      "google_logging_project_exclusion",
      "google_logging_folder_exclusion",
      "google_logging_organization_exclusion",
      "google_logging_billing_account_exclusion",
    ],
    failsWhen: all(matches("filter", /cloudaudit\.googleapis\.com/), not(isTrue("disabled"))),
    why: "After a break-in nobody can tell who did what.",
    fix: "Keep audit entries out of the filter.",
    controls: [],
    examples: {
      bad: exclusion('logName:\\"cloudaudit.googleapis.com%2Fdata_access\\"'),
      good: exclusion("resource.type = gce_instance severity < ERROR"),
    },
  },
];
