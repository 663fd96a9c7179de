import { listDriftCases } from "@plumbline/contract";
import type { DriftCaseStatus } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { loadPages } from "../connection/pages.ts";
import { caseTable } from "./case-table.ts";

export interface ListOptions {
  client?: string;
  status?: DriftCaseStatus;
  workspace?: string;
  repository?: string;
  search?: string;
  limit: number;
}

/** `plumb drift list` */
export async function listCases(
  context: Context,
  { client: wanted, status, workspace, repository, search, limit }: ListOptions,
): Promise<void> {
  const client = await context.client();
  const found = await loadPages(limit, (page) =>
    client.call(listDriftCases, { query: { ...page, client: wanted, repository, status, workspace, search } }),
  );
  context.print(found, ({ items }, look) =>
    caseTable(items, look, status === undefined && search === undefined ? "No drift." : "No case fits."),
  );
}
