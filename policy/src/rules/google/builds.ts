import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, matches, not, oneOf, present } from "../../vocabulary/condition.ts";

const admission = (mode: string, enforcement: string) => `resource "google_binary_authorization_policy" "shop" {
  default_admission_rule {
    evaluation_mode  = "${mode}"
    enforcement_mode = "${enforcement}"
  }
}`;

const trigger = (control: string) => `resource "google_cloudbuild_trigger" "shop" {
  name            = "shop"
  service_account = "builds"
  github {
    owner = "shop"
    name  = "shop"
    pull_request {
      branch          = "main"
      comment_control = "${control}"
    }
  }
}`;

const pool = (closed: boolean) => `resource "google_cloudbuild_worker_pool" "shop" {
  name = "shop"
  worker_config {
    no_external_ip = ${closed}
  }
}`;

const repository = (docker: string) => `resource "google_artifact_registry_repository" "shop" {
  repository_id = "shop"
  format        = "DOCKER"
${docker}
}`;
const immutable = "  docker_config {\n    immutable_tags = true\n  }";

export const googleBuildRules: Rule[] = [
  {
    id: "google-binary-authorization-allows-all",
    severity: "medium",
    category: "integrity",
    title: "The admission policy lets every image in",
    resourceTypes: ["google_binary_authorization_policy"],
    failsWhen: any(
      equals("default_admission_rule.evaluation_mode", "ALWAYS_ALLOW"),
      equals("default_admission_rule.enforcement_mode", "DRYRUN_AUDIT_LOG_ONLY"),
    ),
    why: "An image from anywhere runs as well as one your builds have made.",
    fix: "Require attestations, or deny by default, and enforce it.",
    controls: [],
    repair: "none",
    examples: {
      bad: admission("ALWAYS_ALLOW", "ENFORCED_BLOCK_AND_AUDIT_LOG"),
      good: admission("ALWAYS_DENY", "ENFORCED_BLOCK_AND_AUDIT_LOG"),
    },
  },
  {
    id: "google-build-for-strangers",
    severity: "medium",
    category: "access",
    title: "Anybody's pull request starts a build",
    resourceTypes: ["google_cloudbuild_trigger"],
    failsWhen: all(
      not(
        oneOf("github.pull_request.comment_control", [
          "COMMENTS_ENABLED",
          "COMMENTS_ENABLED_FOR_EXTERNAL_CONTRIBUTORS_ONLY",
        ]),
      ),
      present("github.pull_request"),
    ),
    why: "The code of a stranger then runs with what the build may do.",
    fix: 'Set comment_control = "COMMENTS_ENABLED_FOR_EXTERNAL_CONTRIBUTORS_ONLY".',
    controls: [],
    examples: {
      bad: trigger("COMMENTS_DISABLED"),
      good: trigger("COMMENTS_ENABLED_FOR_EXTERNAL_CONTRIBUTORS_ONLY"),
    },
  },
  {
    id: "google-build-public-address",
    severity: "low",
    category: "exposure",
    title: "Machines of the build have addresses on the internet",
    resourceTypes: ["google_cloudbuild_worker_pool"],
    failsWhen: not(isTrue("worker_config.no_external_ip")),
    why: "What a build fetches and sends goes past the network and its log.",
    fix: "Set worker_config.no_external_ip = true and let it out through Cloud NAT.",
    controls: [],
    repair: "none",
    examples: { bad: pool(false), good: pool(true) },
  },
  {
    id: "google-artifact-tags-mutable",
    severity: "low",
    category: "integrity",
    title: "A tag of the repository can be moved to another image",
    resourceTypes: ["google_artifact_registry_repository"],
    failsWhen: all(
      not(isTrue("docker_config.immutable_tags")),
      equals("format", "DOCKER"),
      not(matches("mode", /^(?:REMOTE|VIRTUAL)_/)),
    ),
    why: "What was tested and what runs under the same tag need not be the same.",
    fix: "Set docker_config.immutable_tags = true.",
    controls: [],
    repair: "none",
    examples: { bad: repository(""), good: repository(immutable) },
  },
  {
    id: "google-artifact-not-scanned",
    severity: "low",
    category: "integrity",
    title: "Images of the repository are not looked through for known faults",
    resourceTypes: ["google_artifact_registry_repository"],
    failsWhen: equals("vulnerability_scanning_config.enablement_config", "DISABLED"),
    why: "Nobody learns that what runs has a known hole.",
    fix: 'Set enablement_config = "INHERITED".',
    controls: [],
    examples: {
      bad: repository(`${immutable}\n  vulnerability_scanning_config {\n    enablement_config = "DISABLED"\n  }`),
      good: repository(`${immutable}\n  vulnerability_scanning_config {\n    enablement_config = "INHERITED"\n  }`),
    },
  },
];
