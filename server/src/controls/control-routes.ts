import * as contract from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { forClient } from "../access/for-client.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import type { ControlsContext } from "./controls-context.ts";
import { readProgress } from "./judging-progress.ts";
import { controlReportCsv, controlReportHtml } from "./export-control-report.ts";

/** Controls and all rules take a quarter of a second and 60 MB: they are loaded when somebody asks for a report. */
const reports = () => import("./read-control-report.ts");

/** The routes of reports on controls. */
export function controlRoutes(api: Api<Actor>, context: ControlsContext): void {
  register(api, contract.listControlCatalogues, async ({ actor, query }) =>
    (await reports()).listControlCatalogues(context, forClient(actor, query.client)),
  );
  register(api, contract.getControlProgress, async ({ actor }) => readProgress(context, actor));
  register(api, contract.getControlReport, async ({ actor, params, query }) =>
    (await reports()).readControlReport(context, forClient(actor, query.client), { ...params, ...query }),
  );
  register(api, contract.exportControlReport, async ({ actor, params, query, reply }) => {
    const { readControlReport } = await reports();
    const report = await readControlReport(context, forClient(actor, query.client), {
      catalogue: params.catalogue,
      ...query,
    });
    const isCsv = params.format === "csv";
    await reply
      .header("content-type", isCsv ? "text/csv; charset=utf-8" : "text/html; charset=utf-8")
      .header("content-disposition", `${isCsv ? "attachment" : "inline"}; filename="${report.slug}.${params.format}"`)
      .send(isCsv ? controlReportCsv(report) : controlReportHtml(report, actor.organization));
  });
}
