import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { address } from "../../api/call.ts";
import type { AnswerOf } from "../../api/endpoints.ts";
import "../../ui/buttons/button.css";
import { PageHead } from "../../ui/layout/page-head.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import { count } from "../../util/format.ts";

/** Which catalogue was judged on what and when, and the report to take along. */
export function ReportHead({
  report: { slug, title, workspaces, judgedAt, controls },
}: {
  report: AnswerOf<"getControlReport">;
}) {
  const inCode = controls.filter(({ notInCode }) => notInCode === null).length;
  const link = (format: string) =>
    address("/api/v1/control-catalogues/:catalogue/report/:format", { catalogue: slug, format }, undefined);
  return (
    <PageHead
      title={title}
      sentence={
        <span>
          Judged on what is applied in {count(workspaces, "workspace")}, <TimeAgo at={judgedAt} />.{" "}
          {count(inCode, "control")} can be seen in code, {controls.length - inCode} need a look at the account.
        </span>
      }
      actions={
        <>
          <a className="button button--default" href={link("html")} target="_blank" rel="noreferrer">
            <IconPrinter size={16} stroke={1.75} aria-hidden="true" />
            Print
          </a>
          <a className="button button--default" href={link("csv")} download={`${slug}.csv`}>
            <IconDownload size={16} stroke={1.75} aria-hidden="true" />
            CSV
          </a>
        </>
      }
    />
  );
}
