import type { Rule } from "../../rule.ts";
import { all, any, equals, holds, isTrue, oneOf, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { resourceOf } from "./resource-example.ts";

const application = "azuread_application";
const passwords = ["azuread_application_password", "azuread_service_principal_password"];

/** Microsoft's numbers of rights over the whole directory: to write roles, role assignments, applications, the directory. */
const ruling = [
  "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
  "06b708a9-e830-4db3-a914-8e69da51d44f",
  "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
  "19dbc75e-c2e2-444c-a770-ec69d8559fc7",
];
/** Global Administrator, Privileged Role Administrator. */
const administrators = ["62e90394-69f5-4237-9190-012177145e10", "e8611ab8-c189-46e8-94e1-60213ab1f814"];

const twoYearsInHours = 2 * 366 * 24;

export const azureDirectoryRules: Rule[] = [
  {
    id: "azure-directory-password-for-ever",
    severity: "medium",
    category: "identity",
    title: "The application's password is valid for more than two years",
    resourceTypes: [...passwords, application],
    failsWhen: any(
      holds("end_date_relative", "text", (span) => hoursOf(span) > twoYearsInHours),
      // Dates that stand for never.
      holds("end_date", "text", (date) => typeof date === "string" && Number(date.slice(0, 4)) >= 2090),
      holds("password.end_date", "text", (date) => typeof date === "string" && Number(date.slice(0, 4)) >= 2090),
    ),
    why: "A password that nobody has to change stays in use long after it was copied.",
    fix: 'Set end_date_relative = "4380h" (half a year) and renew it, or use a federated credential without a password.',
    controls: [],
    examples: {
      bad: resourceOf(passwords[0] ?? "", 'end_date = "2299-12-30T23:00:00Z"'),
      good: resourceOf(passwords[0] ?? "", 'end_date_relative = "4380h"'),
    },
  },
  {
    id: "azure-directory-weak-user-password",
    severity: "medium",
    category: "identity",
    title: "The user may have a weak password, or one that never expires",
    resourceTypes: ["azuread_user"],
    failsWhen: any(isTrue("disable_strong_password"), isTrue("disable_password_expiration")),
    why: "It is guessed, or still in use long after it was copied.",
    fix: "Remove disable_strong_password and disable_password_expiration.",
    controls: [],
    examples: {
      bad: resourceOf("azuread_user", 'display_name = "Orders"', "disable_strong_password = true"),
      good: resourceOf("azuread_user", 'display_name = "Orders"', "disable_strong_password = false"),
    },
  },
  {
    id: "azure-directory-tokens-in-address",
    severity: "medium",
    category: "identity",
    title: "The application gets access tokens in the browser's address",
    resourceTypes: [application],
    failsWhen: isTrue("web.implicit_grant.access_token_issuance_enabled"),
    why: "They stay in histories and logs, and scripts of others read them.",
    fix: "Remove access_token_issuance_enabled and use the authorization code flow.",
    controls: [],
    examples: { bad: implicitly(true), good: implicitly(false) },
  },
  {
    id: "azure-directory-plain-redirect",
    severity: "high",
    category: "encryption",
    title: "The login sends people back without TLS, or to any host",
    resourceTypes: [application],
    failsWhen: any(
      ...["web", "single_page_application", "public_client"].map((client) =>
        anyMatches(`${client}.redirect_uris`, /^http:\/\/(?!localhost\b|127\.0\.0\.1|\[::1\])|^https?:\/\/[^/]*\*/i),
      ),
    ),
    why: "Who sits on the way, or rules the host, gets the code or token and with it the user's session.",
    fix: "List addresses with https and whole host names in redirect_uris.",
    controls: [],
    examples: {
      bad: redirecting("http://shop.example.com/login"),
      good: redirecting("https://shop.example.com/login"),
    },
  },
  {
    id: "azure-directory-application-rules",
    severity: "high",
    category: "identity",
    title: "An application may change rights in the whole directory",
    resourceTypes: [application, "azuread_app_role_assignment"],
    failsWhen: any(
      some("required_resource_access", some("resource_access", all(oneOf("id", ruling), equals("type", "Role")))),
      oneOf("app_role_id", ruling),
    ),
    why: "Its password is enough to become an administrator of everything.",
    fix: "Ask for the one right that is needed, such as Application.ReadWrite.OwnedBy.",
    controls: [],
    examples: {
      bad: resourceOf("azuread_app_role_assignment", `app_role_id = "${ruling[0]}"`),
      good: resourceOf("azuread_app_role_assignment", 'app_role_id = "18a4783c-866b-4cc7-a460-3d5e5662c884"'),
    },
  },
  {
    id: "azure-directory-administrator-assigned",
    severity: "high",
    category: "identity",
    title: "Somebody is an administrator of the whole directory all the time",
    resourceTypes: ["azuread_directory_role_assignment"],
    failsWhen: oneOf("role_id", administrators),
    why: "Whoever gets hold of this identity has every account and subscription.",
    fix: "Make people eligible for the role with privileged identity management instead.",
    controls: [],
    examples: {
      bad: resourceOf("azuread_directory_role_assignment", `role_id = "${administrators[0]}"`),
      good: resourceOf("azuread_directory_role_assignment", 'role_id = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"'),
    },
  },
  {
    id: "azure-directory-access-policy-off",
    severity: "low",
    category: "identity",
    title: "A conditional access policy is switched off",
    resourceTypes: ["azuread_conditional_access_policy"],
    failsWhen: oneOf("state", ["disabled"]),
    why: "What it asks for, such as a second factor, is not asked for.",
    fix: 'Set state = "enabled" once its report shows that it locks nobody out.',
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf("azuread_conditional_access_policy", 'state = "disabled"'),
      good: resourceOf("azuread_conditional_access_policy", 'state = "enabled"'),
    },
  },
  {
    id: "azure-directory-trusts-everywhere",
    severity: "high",
    category: "identity",
    title: "A trusted location takes in the whole internet",
    resourceTypes: ["azuread_named_location"],
    failsWhen: all(anyMatches("ip.ip_ranges", /^(?:0\.0\.0\.0|128\.0\.0\.0)\/[01]$/), isTrue("ip.trusted")),
    why: "Policies that spare trusted places from the second factor then spare everybody.",
    fix: "List the addresses of your own offices.",
    controls: [],
    examples: { bad: location("0.0.0.0/1"), good: location("203.0.113.0/24") },
  },
];

/** Of a span as Go writes it: `8760h`, `1h30m`. */
function hoursOf(span: unknown): number {
  const found = typeof span === "string" ? /^(\d+)h/.exec(span) : null;
  return found ? Number(found[1]) : 0;
}

function implicitly(issued: boolean): string {
  return resourceOf(
    application,
    'display_name = "orders"',
    `web {\n  implicit_grant {\n    access_token_issuance_enabled = ${issued}\n  }\n}`,
  );
}

function redirecting(address: string): string {
  return resourceOf(application, 'display_name = "orders"', `web {\n  redirect_uris = ["${address}"]\n}`);
}

function location(range: string): string {
  return resourceOf("azuread_named_location", `ip {\n  ip_ranges = ["${range}"]\n  trusted   = true\n}`);
}
