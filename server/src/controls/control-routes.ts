import * as contract from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import type { ControlsContext } from "./controls-context.ts";
import { controlReportCsv, controlReportHtml } from "./export-control-report.ts";
import { listControlCatalogues, readControlReport } from "./read-control-report.ts";

/** The routes of reports on controls. */
export function controlRoutes(api: Api<Actor>, context: ControlsContext): void {
  register(api, contract.listControlCatalogues, async ({ actor }) => listControlCatalogues(context, actor));
  register(api, contract.getControlReport, async ({ actor, params, query }) =>
    readControlReport(context, actor, { ...params, ...query }),
  );
  register(api, contract.exportControlReport, async ({ actor, params, query, reply }) => {
    const report = await readControlReport(context, actor, { catalogue: params.catalogue, ...query });
    const isCsv = params.format === "csv";
    await reply
      .header("content-type", isCsv ? "text/csv; charset=utf-8" : "text/html; charset=utf-8")
      .header("content-disposition", `${isCsv ? "attachment" : "inline"}; filename="${report.slug}.${params.format}"`)
      .send(isCsv ? controlReportCsv(report) : controlReportHtml(report, actor.organization));
  });
}
