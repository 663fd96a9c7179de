import { Select, TextInput } from "@mantine/core";
import { clientOf } from "@plumbline/contract/access";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { address } from "../../api/call.ts";
import { environmentReportQuery, scopeQuery } from "../../api/queries/clients.ts";
import "../../ui/buttons/button.css";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { ReportBody } from "./report-body.tsx";
import "./report-panel.css";

/** A report on a client or an environment in a period: what it says, and as a page to print or as CSV. */
export function ReportPanel() {
  const [search, setSearch] = useAddress();
  const scope = useQuery(scopeQuery({}));
  const environments = (scope.data?.items ?? []).map(({ environment }) => environment);
  const clients = [...new Set(environments.flatMap((name) => clientOf(name) ?? []))];
  const options = [...clients.map((name) => `${name}/*`), ...environments];
  const chosen = search["environments"] ?? options[0];
  const period = {
    ...(search["from"] === undefined ? {} : { from: search["from"] }),
    ...(search["to"] === undefined ? {} : { to: search["to"] }),
  };
  const link = (format: string) =>
    address("/api/v1/environment-report/:format", { format }, { environments: chosen, ...period });
  return (
    <Panel title="Report" note="what the client may see, whoever asks for it">
      <div className="report__form">
        <Select
          label="Client or environment"
          data={options.map((value) => ({ value, label: value.endsWith("/*") ? value.slice(0, -2) : value }))}
          value={chosen ?? null}
          allowDeselect={false}
          searchable
          onChange={(value) => setSearch({ environments: value ?? undefined }, { replace: true })}
        />
        <TextInput
          type="date"
          label="First day"
          value={search["from"] ?? ""}
          onChange={(event) => setSearch({ from: event.currentTarget.value || undefined }, { replace: true })}
        />
        <TextInput
          type="date"
          label="Last day"
          value={search["to"] ?? ""}
          onChange={(event) => setSearch({ to: event.currentTarget.value || undefined }, { replace: true })}
        />
        {chosen !== undefined && (
          <div className="report__ways">
            <a className="button button--default" href={link("html")} target="_blank" rel="noreferrer">
              <IconPrinter size={16} stroke={1.75} aria-hidden="true" />
              Print
            </a>
            <a className="button button--default" href={link("csv")}>
              <IconDownload size={16} stroke={1.75} aria-hidden="true" />
              CSV
            </a>
          </div>
        )}
      </div>
      {chosen === undefined ? (
        <Loaded query={scope} label="The report" lines={6}>
          {() => <Empty title="Nothing to report on">A report is about environments that main declares.</Empty>}
        </Loaded>
      ) : (
        <Report environments={chosen} period={period} />
      )}
    </Panel>
  );
}

function Report({ environments, period }: { environments: string; period: { from?: string; to?: string } }) {
  const query = useQuery(environmentReportQuery({ environments, ...period }));
  return (
    <Loaded query={query} label="The report" lines={6}>
      {(report) => <ReportBody report={report} />}
    </Loaded>
  );
}
