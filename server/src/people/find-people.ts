import type { RoleBinding } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import { everybody } from "./person-store.ts";

/** A person as other domains see him. */
export interface PersonView {
  id: string;
  name: string;
  displayName: string;
  email: string | null;
  addresses: readonly string[];
  roles: readonly RoleBinding[];
  disabled: boolean;
}

/** Everybody in the transaction's organization, for code owners, contributors and recipients. */
export async function peopleOf(tx: Tx): Promise<PersonView[]> {
  const people = await everybody(tx);
  return people.map(({ id, name, displayName, email, addresses, roles, disabledAt }) => ({
    id,
    name,
    displayName,
    email,
    addresses,
    roles,
    disabled: disabledAt !== null,
  }));
}
