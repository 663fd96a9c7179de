import { listRepositories } from "@plumbline/contract";
import type { Repository } from "@plumbline/contract";
import { UsageFault } from "../command/faults.ts";
import type { Client } from "./client.ts";

const byOption = "Name one with --repository";

/** The repository that is named, or the only one there is. */
export async function chooseRepository(client: Client, named: string | undefined, how = byOption): Promise<string> {
  return named ?? onlyRepository((await client.call(listRepositories, {})).items, how).name;
}

/** The only one there is. Throws where there are several: `how` one is named, and all names. */
export function onlyRepository(items: readonly Repository[], how: string): Repository {
  const [only, ...others] = items;
  if (only === undefined)
    throw new UsageFault("There is no repository yet.", "Create one: plumb repositories create NAME");
  if (others.length > 0)
    throw new UsageFault("There are several repositories.", `${how}: ${items.map(({ name }) => name).join(", ")}`);
  return only;
}
