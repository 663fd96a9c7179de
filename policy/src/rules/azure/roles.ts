import type { Rule } from "../../rule.ts";
import { all, any, equals, matches, not, oneOf, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { resourceOf } from "./resource-example.ts";
import { pointsAtSubscription } from "./subscription-scope.ts";

const assignment = "azurerm_role_assignment";
const definition = "azurerm_role_definition";

/** Azure's own numbers of its roles, for those who name roles by them. */
const ownerNumber = /8e3af657-a8ff-443c-a75c-2fe8c4bcb635/i;
const accessNumber = /18d7d88d-d35e-4fb5-a5c3-7773c20a72d9|f58310d9-a9f6-439a-9e8d-f62e7b41a168/i;
const contributorNumber = /b24988ac-6180-42a0-ab88-20f7382dd24c/i;

function assigns(names: readonly string[], number: RegExp): Condition {
  return any(oneOf("role_definition_name", names), matches("role_definition_id", number));
}

/** A condition narrows down which roles may be given on. */
const unconditional = not(matches("condition", /./));

export const azureRoleRules: Rule[] = [
  {
    id: "azure-role-owner-of-subscription",
    severity: "high",
    category: "identity",
    title: "Somebody owns the whole subscription",
    resourceTypes: [assignment],
    failsWhen: all(assigns(["Owner"], ownerNumber), pointsAtSubscription("scope"), unconditional),
    why: "Whoever gets hold of this identity has everything, and can let others in.",
    fix: "Give a narrower role, or Owner of one resource group; make people owners for hours with privileged identity management.",
    controls: [],
    examples: { bad: assigned("Owner"), good: assigned("Reader") },
  },
  {
    id: "azure-role-gives-rights",
    severity: "high",
    category: "identity",
    title: "Somebody may give every right to everybody",
    resourceTypes: [assignment],
    failsWhen: all(
      assigns(["User Access Administrator", "Role Based Access Control Administrator"], accessNumber),
      pointsAtSubscription("scope"),
      unconditional,
    ),
    why: "Who may give rights gives himself all others.",
    fix: "Give the role on one resource group, or with a condition that names the roles that may be given on.",
    controls: ["CIS Azure 5.0 5.3.3"],
    examples: { bad: assigned("User Access Administrator"), good: assigned("Reader") },
  },
  {
    id: "azure-role-contributor-of-subscription",
    severity: "low",
    category: "identity",
    title: "Somebody may change everything in the subscription",
    resourceTypes: [assignment],
    failsWhen: all(assigns(["Contributor"], contributorNumber), pointsAtSubscription("scope")),
    why: "A mistake or a leak of this identity reaches every resource group.",
    fix: "Give the role on the resource groups that need it, or a narrower one.",
    controls: [],
    examples: { bad: assigned("Contributor"), good: assigned("Reader") },
  },
  {
    id: "azure-role-definition-everything",
    severity: "high",
    category: "identity",
    title: "A role of your own allows everything",
    resourceTypes: [definition],
    failsWhen: all(
      some("permissions", anyMatches("actions", /^\*$/)),
      any(pointsAtSubscription("scope"), pointsAtSubscription("assignable_scopes")),
    ),
    why: "It is an owner by another name, which reviews of owners do not find.",
    fix: "List the actions that are needed.",
    controls: ["CIS Azure 5.0 5.23"],
    examples: { bad: defined("*"), good: defined("Microsoft.Compute/*/read") },
  },
  {
    id: "azure-role-definition-gives-rights",
    severity: "high",
    category: "identity",
    title: "A role of your own may give rights to others",
    resourceTypes: [definition],
    failsWhen: some(
      "permissions",
      all(
        anyMatches(
          "actions",
          /^Microsoft\.Authorization\/(?:\*|roleAssignments\/(?:\*|write)|roleDefinitions\/(?:\*|write)|\*\/write)$/i,
        ),
        not(anyMatches("not_actions", /^Microsoft\.Authorization\/(?:\*|roleAssignments\/(?:\*|write)|\*\/write)$/i)),
      ),
    ),
    why: "Who may write role assignments gives himself all other rights.",
    fix: "Remove the actions of Microsoft.Authorization that write.",
    controls: [],
    examples: { bad: defined("Microsoft.Authorization/*"), good: defined("Microsoft.Authorization/*/read") },
  },
  {
    id: "azure-federated-identity-pull-requests",
    severity: "medium",
    category: "identity",
    title: "Every pull request of the repository can log in as this identity",
    resourceTypes: ["azurerm_federated_identity_credential", "azuread_application_federated_identity_credential"],
    failsWhen: all(
      matches("subject", /:pull_request$/),
      equals("issuer", "https://token.actions.githubusercontent.com"),
    ),
    why: "Who may push a branch changes the workflow and uses the identity before anybody has read it.",
    fix: "Name a protected branch or environment in subject, and give pull requests an identity that only reads.",
    controls: [],
    examples: { bad: trusted("pull_request"), good: trusted("environment:production") },
  },
];

function assigned(role: string): string {
  return resourceOf(
    assignment,
    'scope                = "/subscriptions/00000000-0000-0000-0000-000000000001"',
    `role_definition_name = "${role}"`,
    'principal_id         = "00000000-0000-0000-0000-000000000002"',
  );
}

function defined(action: string): string {
  return resourceOf(
    definition,
    'name  = "orders"',
    'scope = "/subscriptions/00000000-0000-0000-0000-000000000001"',
    `permissions {\n  actions = ["${action}"]\n}`,
  );
}

function trusted(subject: string): string {
  return resourceOf(
    "azurerm_federated_identity_credential",
    'issuer  = "https://token.actions.githubusercontent.com"',
    `subject = "repo:example/orders:${subject}"`,
  );
}
