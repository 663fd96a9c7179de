import type { Action } from "@plumbline/contract";

/** What an act is called after "may not", and how its environment follows. */
const words: Record<Action, readonly [act: string, preposition: string]> = {
  "organization.read": ["read this organization", ""],
  "organization.administer": ["change this organization's settings", ""],
  "people.administer": ["add or change people", ""],
  "audit.read": ["read the audit log", ""],
  "repository.read": ["read repositories", ""],
  "repository.create": ["create repositories", ""],
  "repository.seed": ["make the first push to main", ""],
  "environment.read": ["read", "environment"],
  "environment.propose": ["propose", "to"],
  "environment.approve": ["approve", "for"],
  "environment.operate": ["operate", "environment"],
  "pull_request.comment": ["comment on pull requests", ""],
  "state.read": ["read states", "of"],
  "state.import": ["take over states", "into"],
  "variable.set": ["set sealed variables", "of"],
  "credential.administer": ["change credentials", ""],
  "runner.administer": ["add or remove runners", ""],
  "notification.administer": ["change notification channels", ""],
};

/** What an act is called after "may" or "may not": "propose to prod"; without an environment, "propose to any environment". */
export function rightWords(action: Action, environment?: string): string {
  const [act, preposition] = words[action];
  if (preposition === "") return act;
  if (environment === undefined)
    return `${act} ${preposition === "environment" ? "" : `${preposition} `}any environment`;
  return `${act} ${preposition} ${environment}`;
}
