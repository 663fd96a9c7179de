import type { RoleBinding, TokenScope } from "@plumbline/contract";

/** Who acts: a person by session or token, a runner, or Plumbline itself. */
export interface Actor {
  kind: "person" | "runner" | "system";
  organizationId: string;
  organization: string;
  /** The person's or runner's id; null for the system. */
  id: string | null;
  name: string;
  displayName: string;
  email: string | null;
  roles: readonly RoleBinding[];
  /** What the API token leaves of the roles' rights; null without a token. */
  scopes: readonly TokenScope[] | null;
  via: "session" | "token" | "internal";
  /** The client whose rows alone he asked for, where `forClient` made this of somebody who may see more. */
  looksAt?: string;
}

/** What of an actor decides what he may do and see. */
export type Rights = Pick<Actor, "kind" | "roles" | "scopes" | "looksAt">;

/** Plumbline acting by itself: schedules, and what follows from a person's act. It passes every check. */
export function systemActor(organizationId: string, organization: string): Actor {
  return {
    kind: "system",
    organizationId,
    organization,
    id: null,
    name: "plumbline",
    displayName: "Plumbline",
    email: null,
    roles: [],
    scopes: null,
    via: "internal",
  };
}
