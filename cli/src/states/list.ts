import { listStateVersions } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { loadPages } from "../connection/pages.ts";
import { stateVersionTable } from "./state-version-table.ts";

/** `plumb state list` */
export async function listVersions(context: Context, workspace: string, limit: number): Promise<void> {
  const client = await context.client();
  const found = await loadPages(limit, (query) => client.call(listStateVersions, { params: { workspace }, query }));
  context.print(found, ({ items }, look) => stateVersionTable(items, look));
}
