import * as contract from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import type { ClientsContext } from "./clients-context.ts";
import { environmentReportCsv } from "./export-csv.ts";
import { environmentReportHtml } from "./export-html.ts";
import { listClients } from "./list-clients.ts";
import { readReport } from "./read-report.ts";
import { readScope } from "./read-scope.ts";

/** Routes of clients, of what environments have codified, and of reports on them. */
export function clientRoutes(api: Api<Actor>, context: ClientsContext): void {
  register(api, contract.listClients, async ({ actor }) => ({ items: await listClients(context, actor) }));
  register(api, contract.getScope, async ({ actor, query }) => ({ items: await readScope(context, actor, query) }));
  register(api, contract.getEnvironmentReport, ({ actor, query }) => readReport(context, actor, query));
  register(api, contract.exportEnvironmentReport, async ({ actor, params, query, reply }) => {
    const report = await readReport(context, actor, query);
    const isCsv = params.format === "csv";
    const what = (report.client ?? report.pattern).replaceAll(/[^a-z0-9_-]+/g, "-");
    const file = `report-${what}-${report.from.slice(0, 10)}-${report.to.slice(0, 10)}.${params.format}`;
    await reply
      .header("content-type", isCsv ? "text/csv; charset=utf-8" : "text/html; charset=utf-8")
      .header("content-disposition", `${isCsv ? "attachment" : "inline"}; filename="${file}"`)
      .send(isCsv ? environmentReportCsv(report) : environmentReportHtml(report));
  });
}
