import { problem } from "@plumbline/contract";
import type { Db } from "../platform/database/pools.ts";
import { listOrganizations, organizationByName } from "./organization-store.ts";
import type { Organization } from "./organization-store.ts";

export type { Organization } from "./organization-store.ts";

/** All organizations of the installation, for what the system does in each. */
export async function allOrganizations(db: Db): Promise<Organization[]> {
  return db.systemTransaction(listOrganizations);
}

/** The organization of that name; without a name, the only one there is. Throws `not_found`. */
export async function findOrganization(db: Db, name: string | undefined): Promise<Organization> {
  const found = await db.systemTransaction(async (tx) => {
    if (name !== undefined) return organizationByName(tx, name);
    const all = await listOrganizations(tx);
    return all.length === 1 ? all[0] : undefined;
  });
  if (found !== undefined) return found;
  if ((await allOrganizations(db)).length === 0)
    throw problem("not_found", "This installation is not set up yet.", {
      next: "Open /setup in a browser, with the set-up secret that the server printed at its start.",
    });
  throw problem(
    "not_found",
    name === undefined ? "Several organizations are here: name one." : `There is no organization “${name}”.`,
  );
}
