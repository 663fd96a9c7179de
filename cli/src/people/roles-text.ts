import type { RoleBinding } from "@plumbline/contract";

/** `proposer, approver (prod)`: roles, with the environments they are limited to. */
export function rolesText(roles: readonly RoleBinding[]): string {
  if (roles.length === 0) return "no role";
  return roles.map(({ role, environments }) => (environments === "*" ? role : `${role} (${environments})`)).join(", ");
}
