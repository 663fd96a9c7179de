import type { Rule } from "../../rule.ts";
import { all, any, anything, equals, matches, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";

const customRoles = ["google_project_iam_custom_role", "google_organization_iam_custom_role"];

/** Permissions by which the holder can give itself every other one. */
const escalating =
  /^(?:resourcemanager\.(?:projects|folders|organizations)\.setIamPolicy|iam\.serviceAccounts\.(?:setIamPolicy|getAccessToken|signBlob|signJwt|implicitDelegation)|iam\.serviceAccountKeys\.create|iam\.roles\.update)$/;

/** Token services whose tokens anybody in the world can get for a repository or workspace of their own. */
const sharedIssuers =
  /^https:\/\/(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|accounts\.google\.com)\/?$/;

const role = (permission: string) => `resource "google_project_iam_custom_role" "shop" {
  role_id     = "shop"
  title       = "shop"
  permissions = ["${permission}"]
}`;

const provider = (condition: string) => `resource "google_iam_workload_identity_pool_provider" "builds" {
  workload_identity_pool_id          = "builds"
  workload_identity_pool_provider_id = "builds"
  attribute_mapping = {
    "google.subject" = "assertion.sub"
  }
${condition}  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}`;

const audit = (types: readonly string[], more = "") => `resource "google_project_iam_audit_config" "shop" {
  project = "shop-prod"
  service = "allServices"
${types.map((type) => `  audit_log_config {\n    log_type = "${type}"\n${more}  }`).join("\n")}
}`;
const everyType = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];

const auditTypes = [
  "google_project_iam_audit_config",
  "google_folder_iam_audit_config",
  "google_organization_iam_audit_config",
];

const logs = (type: string) => some("audit_log_config", equals("log_type", type), ["log_type"]);

/** Constraints that keep a whole project safe; the older names first. */
const guarding =
  /(?:compute\.(?:disableSerialPortAccess|requireOsLogin|requireShieldedVm|skipDefaultNetworkCreation)|iam\.(?:automaticIamGrantsForDefaultServiceAccounts|disableServiceAccountKeyCreation|disableServiceAccountKeyUpload)|sql\.(?:restrictAuthorizedNetworks|restrictPublicIp)|storage\.(?:publicAccessPrevention|uniformBucketLevelAccess)|iam\.managed\.\w+)$/;

export const googleIamAccountRules: Rule[] = [
  {
    id: "google-service-account-key",
    severity: "medium",
    category: "access",
    title: "The service account gets a key that never ends",
    resourceTypes: ["google_service_account_key"],
    failsWhen: anything,
    why: "Such a key lies in the state and in whatever it is copied to; whoever finds it is the account.",
    fix: "Attach the account to the workload, or use workload identity federation from outside.",
    controls: ["CIS GCP 5.0 1.5"],
    examples: {
      bad: `resource "google_service_account_key" "shop" {
  service_account_id = "shop"
}`,
      good: `resource "google_service_account" "shop" {
  account_id = "shop"
}`,
    },
  },
  {
    id: "google-custom-role-escalation",
    severity: "medium",
    category: "access",
    title: "The custom role lets its holder take every other right",
    resourceTypes: customRoles,
    failsWhen: anyMatches("permissions", escalating),
    why: "Changing who has which role, or getting tokens and keys of other accounts, is a way to every other permission.",
    fix: "Take the permission out and give a predefined role on the one resource that needs it.",
    controls: [],
    examples: { bad: role("resourcemanager.projects.setIamPolicy"), good: role("compute.instances.list") },
  },
  {
    id: "google-identity-provider-open",
    severity: "high",
    category: "access",
    title: "The identity pool takes tokens of everybody's builds",
    resourceTypes: ["google_iam_workload_identity_pool_provider"],
    failsWhen: all(not(present("attribute_condition")), matches("oidc.issuer_uri", sharedIssuers)),
    why: "The issuer serves the whole world: without a condition a stranger's repository gets in as well as yours.",
    fix: "Add an attribute_condition on your organization, such as assertion.repository_owner_id.",
    controls: [],
    examples: {
      bad: provider(""),
      good: provider("  attribute_condition = \"assertion.repository_owner_id == '1234'\"\n"),
    },
  },
  {
    id: "google-audit-log-partial",
    severity: "medium",
    category: "logging",
    title: "Not every kind of access is in the audit log",
    resourceTypes: auditTypes,
    failsWhen: all(
      any(not(logs("ADMIN_READ")), not(logs("DATA_READ")), not(logs("DATA_WRITE"))),
      equals("service", "allServices"),
    ),
    why: "After a break-in nobody can tell what was read.",
    fix: "Add an audit_log_config for each of ADMIN_READ, DATA_READ and DATA_WRITE.",
    controls: ["CIS GCP 5.0 2.1"],
    examples: { bad: audit(["ADMIN_READ", "DATA_WRITE"]), good: audit(everyType) },
  },
  {
    id: "google-audit-log-exempts",
    severity: "medium",
    category: "logging",
    title: "Some accounts are left out of the audit log",
    resourceTypes: auditTypes,
    failsWhen: some("audit_log_config", present("exempted_members"), ["log_type"]),
    why: "Whoever takes over such an account is not seen.",
    fix: "Take exempted_members out.",
    controls: ["CIS GCP 5.0 2.1"],
    examples: {
      bad: audit(everyType, '    exempted_members = ["user:ann@shop.example"]\n'),
      good: audit(everyType),
    },
  },
  {
    id: "google-organization-constraint-off",
    severity: "medium",
    category: "access",
    title: "A guarding constraint of the organization is switched off",
    resourceTypes: [
      "google_project_organization_policy",
      "google_folder_organization_policy",
      "google_organization_policy",
    ],
    failsWhen: all(equals("boolean_policy.enforced", false), matches("constraint", guarding)),
    why: "What the organization forbids everywhere is allowed here.",
    fix: "Set enforced = true, or take the policy out so that the one above holds.",
    controls: [],
    examples: {
      bad: `resource "google_project_organization_policy" "shop" {
  project    = "shop-prod"
  constraint = "iam.disableServiceAccountKeyCreation"
  boolean_policy {
    enforced = false
  }
}`,
      good: `resource "google_project_organization_policy" "shop" {
  project    = "shop-prod"
  constraint = "iam.disableServiceAccountKeyCreation"
  boolean_policy {
    enforced = true
  }
}`,
    },
  },
  {
    id: "google-org-policy-constraint-off",
    severity: "medium",
    category: "access",
    title: "A guarding constraint is not enforced",
    resourceTypes: ["google_org_policy_policy"],
    failsWhen: all(
      some("spec.rules", all(oneOf("enforce", ["FALSE", "false"]), not(present("condition")))),
      matches("name", guarding),
    ),
    why: "What the organization forbids everywhere is allowed here.",
    fix: 'Set enforce = "TRUE", or take the policy out so that the one above holds.',
    controls: [],
    examples: {
      bad: `resource "google_org_policy_policy" "shop" {
  name   = "projects/shop-prod/policies/storage.publicAccessPrevention"
  parent = "projects/shop-prod"
  spec {
    rules {
      enforce = "FALSE"
    }
  }
}`,
      good: `resource "google_org_policy_policy" "shop" {
  name   = "projects/shop-prod/policies/storage.publicAccessPrevention"
  parent = "projects/shop-prod"
  spec {
    rules {
      enforce = "TRUE"
    }
  }
}`,
    },
  },
];
