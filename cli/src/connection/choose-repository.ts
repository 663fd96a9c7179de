import { listRepositories } from "@plumbline/contract";
import { UsageFault } from "../command/faults.ts";
import type { Client } from "./client.ts";

/** The repository that is named, or the only one there is. */
export async function chooseRepository(client: Client, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const { items } = await client.call(listRepositories, {});
  const [only, ...others] = items;
  if (only === undefined)
    throw new UsageFault("There is no repository yet.", "Create one: plumb repositories create NAME");
  if (others.length > 0)
    throw new UsageFault(
      "There are several repositories.",
      `Name one with --repository: ${items.map(({ name }) => name).join(", ")}`,
    );
  return only.name;
}
