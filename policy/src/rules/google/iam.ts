import type { Rule } from "../../rule.ts";
import { all, any, connected, equals, matches } from "../../vocabulary/condition.ts";
import { both, grants, iamTypes, isServiceAccount } from "./iam-grants.ts";
import type { GrantTest } from "./iam-grants.ts";

/** Where a role holds for everything below. */
const wide = iamTypes("project", "folder", "organization");

const basic = ["roles/owner", "roles/editor"];

/** Roles by which one can give oneself, or a key of somebody else, every other right. */
const escalating = [
  ...basic,
  "roles/iam.organizationRoleAdmin",
  "roles/iam.roleAdmin",
  "roles/iam.securityAdmin",
  "roles/iam.serviceAccountAdmin",
  "roles/iam.serviceAccountKeyAdmin",
  "roles/iam.workforcePoolAdmin",
  "roles/iam.workloadIdentityPoolAdmin",
  "roles/orgpolicy.policyAdmin",
  "roles/resourcemanager.folderAdmin",
  "roles/resourcemanager.folderIamAdmin",
  "roles/resourcemanager.organizationAdmin",
  "roles/resourcemanager.projectIamAdmin",
];

const impersonating = [
  "roles/iam.serviceAccountOpenIdTokenCreator",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountUser",
];

const isAdmin = (role: string): boolean => /admin$/i.test(role) && !escalating.includes(role);

const isPerson = (member: Parameters<GrantTest>[1]): boolean | "unknown" => {
  const account = isServiceAccount(member);
  return account === "unknown" ? account : !account && !/^all(?:Authenticated)?Users$/i.test(nameOf(member));
};

const nameOf = (member: Parameters<GrantTest>[1]): string => (member.kind === "known" ? member.name : "");

const defaultAccounts = /-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$/i;

const account = "serviceAccount:deploy@shop-prod.iam.gserviceaccount.com";
const grant = (role: string, member: string, name = "shop") => `resource "google_project_iam_member" "${name}" {
  project = "shop-prod"
  role    = "${role}"
  member  = "${member}"
}`;

const apart = (role: string) =>
  `${grant("roles/cloudkms.admin", "group:keys@shop.example", "keys")}\n${grant(role, "group:keys@shop.example", "use")}`;
const accounts = (member: string) => `${grant("roles/iam.serviceAccountAdmin", "group:accounts@shop.example", "make")}
resource "google_service_account_iam_member" "use" {
  service_account_id = "shop"
  role               = "roles/iam.serviceAccountUser"
  member             = "${member}"
}`;

/** Another role of the same member, on whatever project. */
const alsoHas = (role: RegExp, type = "google_project_iam_member") =>
  connected(type, { from: "member", to: ["member"] }, matches("role", role));

const actsAs = (type: string) => alsoHas(/^roles\/iam\.serviceAccountUser$/, type);

export const googleIamRules: Rule[] = [
  {
    id: "google-iam-account-rules-everything",
    severity: "high",
    category: "access",
    title: "A service account may give itself every right",
    resourceTypes: wide,
    failsWhen: grants((role, member) => both(escalating.includes(role), () => isServiceAccount(member))),
    why: "Whoever gets at the workload or its key owns everything the role holds for.",
    fix: "Give the account the few roles its work needs, on the resources it works on.",
    controls: ["CIS GCP 5.0 1.6"],
    examples: { bad: grant("roles/editor", account), good: grant("roles/logging.logWriter", account) },
  },
  {
    id: "google-iam-account-administers",
    severity: "medium",
    category: "access",
    title: "A service account administers a whole service",
    resourceTypes: wide,
    failsWhen: grants((role, member) => both(isAdmin(role), () => isServiceAccount(member))),
    why: "It may delete and publish everything of that service, not only what it works on.",
    fix: "Take a narrower role, or give it on the resource instead of the project.",
    controls: ["CIS GCP 5.0 1.6"],
    examples: { bad: grant("roles/storage.admin", account), good: grant("roles/storage.objectViewer", account) },
  },
  {
    id: "google-iam-basic-role",
    severity: "high",
    category: "access",
    title: "People own or edit everything",
    resourceTypes: wide,
    failsWhen: grants((role, member) => both(basic.includes(role), () => isPerson(member))),
    why: "The basic roles allow thousands of things in every service; one stolen session is enough for all of them.",
    fix: "Give the predefined roles that the work needs; keep ownership for an account for emergencies.",
    controls: [],
    examples: {
      bad: grant("roles/owner", "user:ann@shop.example"),
      good: grant("roles/compute.viewer", "user:ann@shop.example"),
    },
  },
  {
    id: "google-iam-basic-viewer",
    severity: "low",
    category: "access",
    title: "Somebody may read everything",
    resourceTypes: wide,
    failsWhen: grants((role, member) =>
      both(
        role === "roles/viewer",
        () => member.kind !== "known" || !/^all(?:Authenticated)?Users$/i.test(member.name),
      ),
    ),
    why: "The basic role reads data and settings of every service, also of those taken up later.",
    fix: "Give the viewer roles of the services that the work needs.",
    controls: [],
    examples: {
      bad: grant("roles/viewer", "group:shop@shop.example"),
      good: grant("roles/compute.viewer", "group:shop@shop.example"),
    },
  },
  {
    id: "google-iam-impersonation-everywhere",
    severity: "high",
    category: "access",
    title: "Every service account of the project can be acted as",
    resourceTypes: wide,
    failsWhen: grants((role, member) => both(impersonating.includes(role), () => notFromGoogle(member))),
    why: "Who may act as any account has the rights of the strongest one, also of those made later.",
    fix: "Give the role on the one service account, with google_service_account_iam_member.",
    controls: ["CIS GCP 5.0 1.7"],
    examples: {
      bad: grant("roles/iam.serviceAccountUser", "group:shop@shop.example"),
      good: `resource "google_service_account_iam_member" "shop" {
  service_account_id = "projects/shop-prod/serviceAccounts/shop@shop-prod.iam.gserviceaccount.com"
  role               = "roles/iam.serviceAccountUser"
  member             = "group:shop@shop.example"
}`,
    },
  },
  {
    id: "google-iam-default-account-role",
    severity: "medium",
    category: "access",
    title: "A default service account gets a role",
    resourceTypes: wide,
    failsWhen: grants((_, member) =>
      member.kind === "open" ? "unknown" : member.kind === "known" && defaultAccounts.test(member.name),
    ),
    why: "All workloads of the project that name no account share it, so all of them get the role.",
    fix: "Make a service account for the one workload and give it the role.",
    controls: [],
    examples: {
      bad: grant("roles/pubsub.publisher", "serviceAccount:111122223333-compute@developer.gserviceaccount.com"),
      good: grant("roles/pubsub.publisher", "serviceAccount:shop@shop-prod.iam.gserviceaccount.com"),
    },
  },
  {
    id: "google-iam-personal-account",
    severity: "medium",
    category: "access",
    title: "A private mail account gets a role",
    resourceTypes: wide,
    failsWhen: grants((_, member) =>
      member.kind === "open"
        ? "unknown"
        : member.kind === "known" && /^user:.*@(?:gmail|googlemail)\.com$/i.test(member.name),
    ),
    why: "Nobody can lock it, demand a second factor for it, or take it back when its owner leaves.",
    fix: "Give the role to the person's account of your own organization, best through a group.",
    controls: [],
    examples: {
      bad: grant("roles/compute.viewer", "user:ann@gmail.com"),
      good: grant("roles/compute.viewer", "user:ann@shop.example"),
    },
  },
  {
    id: "google-iam-makes-and-uses-accounts",
    severity: "medium",
    category: "access",
    title: "The same person makes service accounts and acts as them",
    resourceTypes: ["google_project_iam_member"],
    failsWhen: all(
      equals("role", "roles/iam.serviceAccountAdmin"),
      any(actsAs("google_project_iam_member"), actsAs("google_service_account_iam_member")),
    ),
    why: "Nobody else has to agree before a new account gets used.",
    fix: "Give the two roles to different groups.",
    controls: ["CIS GCP 5.0 1.9"],
    examples: { bad: accounts("group:accounts@shop.example"), good: accounts("group:shop@shop.example") },
  },
  {
    id: "google-iam-manages-and-uses-keys",
    severity: "medium",
    category: "access",
    title: "The same person manages keys and decrypts with them",
    resourceTypes: ["google_project_iam_member"],
    failsWhen: all(equals("role", "roles/cloudkms.admin"), alsoHas(/^roles\/cloudkms\.cryptoKey/)),
    why: "One stolen account is then enough to take the data and the keys.",
    fix: "Give the two roles to different groups.",
    controls: ["CIS GCP 5.0 1.12"],
    examples: { bad: apart("roles/cloudkms.cryptoKeyDecrypter"), good: apart("roles/cloudkms.viewer") },
  },
];

/** Google's own agents need to act as accounts of the project. */
function notFromGoogle(member: Parameters<GrantTest>[1]): boolean | "unknown" {
  if (member.kind === "open" || member.kind === "resource") return "unknown";
  return !/^serviceAccount:(?:service-\d+@|\d+@cloudservices\.)/.test(nameOf(member));
}
