import { z } from "zod";

/**
 * Roles. A binding gives a person a role, where it says so for the environments that a pattern matches
 * (`*`, `prod`, `globex/*`).
 */
export const Role = z
  .enum(["reader", "proposer", "approver", "operator", "auditor", "administrator"])
  .meta({ id: "Role" });
export type Role = z.infer<typeof Role>;

/** A role given to a person. */
export const RoleBinding = z
  .object({ role: Role, environments: z.string().min(1).max(200) })
  .meta({ id: "RoleBinding" });
export type RoleBinding = z.infer<typeof RoleBinding>;

/**
 * What can be done. Acts marked with `environment` are checked against the binding's pattern; those marked with
 * `administers` are about the organization as a whole: a role for clients' environments gives none of them.
 */
export const actions = {
  "organization.read": { environment: false },
  "organization.administer": { environment: false, administers: true },
  "people.administer": { environment: false, administers: true },
  "audit.read": { environment: false },
  "repository.read": { environment: false },
  "repository.create": { environment: false, administers: true },
  "repository.seed": { environment: false, administers: true },
  "environment.read": { environment: true },
  "environment.propose": { environment: true },
  "environment.approve": { environment: true },
  "environment.operate": { environment: true },
  "pull_request.comment": { environment: false },
  "state.read": { environment: true },
  "state.import": { environment: true },
  "variable.set": { environment: true },
  "credential.administer": { environment: false, administers: true },
  "runner.administer": { environment: false, administers: true },
  "notification.administer": { environment: false, administers: true },
} as const satisfies Record<string, { environment: boolean; administers?: true }>;
export type Action = keyof typeof actions;

const readAll: readonly Action[] = ["organization.read", "repository.read", "environment.read", "pull_request.comment"];

/** The one matrix: which role may do what. An administrator administers; he does not approve or propose by that alone. */
export const matrix: Record<Role, readonly Action[]> = {
  reader: readAll,
  proposer: [...readAll, "environment.propose", "variable.set", "state.import"],
  approver: [...readAll, "environment.approve"],
  operator: [...readAll, "environment.operate", "state.read"],
  auditor: ["organization.read", "repository.read", "environment.read", "audit.read"],
  administrator: [
    ...readAll,
    "organization.administer",
    "people.administer",
    "audit.read",
    "repository.create",
    "repository.seed",
    "environment.operate",
    "state.read",
    "credential.administer",
    "runner.administer",
    "notification.administer",
  ],
};

/** Scopes of an API token narrow its person's rights; `all` does not. */
export const TokenScope = z
  .enum(["all", "read", "propose", "approve", "operate", "state", "git"])
  .meta({ id: "TokenScope" });
export type TokenScope = z.infer<typeof TokenScope>;

/** Which acts a token's scope leaves. */
export const scopeActions: Record<TokenScope, readonly Action[]> = {
  all: Object.keys(actions) as Action[],
  read: ["organization.read", "repository.read", "environment.read", "audit.read"],
  propose: [...readAll, "environment.propose", "variable.set", "state.import"],
  approve: [...readAll, "environment.approve"],
  operate: [...readAll, "environment.operate"],
  state: ["organization.read", "environment.read", "state.read"],
  git: ["organization.read", "repository.read", "environment.read", "environment.propose", "repository.seed"],
};

/** Whether a role that somebody has gives a right, for an environment where one is named, otherwise for any. */
export function givesRight({ role, environments }: RoleBinding, action: Action, environment?: string): boolean {
  if (!matrix[role].includes(action)) return false;
  const of: { environment: boolean; administers?: true } = actions[action];
  if (of.environment) return environment === undefined || matchesEnvironment(environments, environment);
  return of.administers !== true || !environments.includes("/");
}

/**
 * Whether a pattern of a role binding matches an environment's name: a lone `*` stands for every environment, otherwise a
 * star stands for anything within its part of the name, never for a slash: `prod*` is no client's environment. Takes one
 * pass, whatever the pattern: it is asked for every environment at every request.
 */
export function matchesEnvironment(pattern: string, environment: string): boolean {
  if (pattern === "*") return true;
  const patterns = pattern.split("/");
  const names = environment.split("/");
  return patterns.length === names.length && patterns.every((part, index) => matchesPart(part, names[index] ?? ""));
}

function matchesPart(pattern: string, name: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  const end = rest.pop();
  if (end === undefined) return name === pattern;
  if (!name.startsWith(start)) return false;
  let at = start.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - end.length >= at && name.endsWith(end);
}

/** The client that an environment belongs to, `globex` of `globex/prod`; undefined for one of the organization's own. */
export function clientOf(environment: string): string | undefined {
  const slash = environment.indexOf("/");
  return slash < 0 ? undefined : environment.slice(0, slash);
}

/**
 * Whether roles hold for environments of clients only: each pattern has a slash (`globex/*`, any client's `prod`). Whoever has no
 * other role is kept to them: of what concerns several environments he sees the part of his own, and nothing that holds
 * for the organization as a whole.
 */
export function areKeptToClients(roles: readonly RoleBinding[]): boolean {
  return roles.length > 0 && roles.every(({ environments }) => environments.includes("/"));
}
