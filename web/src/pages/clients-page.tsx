import { useQuery } from "@tanstack/react-query";
import { clientsQuery } from "../api/queries/clients.ts";
import { ReportPanel } from "../components/clients/report-panel.tsx";
import { ScopePanel } from "../components/scope/scope-panel.tsx";
import { ClientsTable } from "../tables/clients-table.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { useAddress } from "../ui/use-address.ts";
import { count } from "../util/format.ts";

/** Whom environments belong to, how they stand, and a report on some of them to print or hand over. */
export function ClientsPage() {
  const clients = useQuery(clientsQuery());
  const [{ client }] = useAddress();
  const items = clients.data?.items;
  const drifted = items?.filter(({ driftCases }) => driftCases > 0).length ?? 0;
  return (
    <>
      <PageHead
        title="Clients and reports"
        sentence={
          items === undefined
            ? null
            : items.length === 0
              ? "No environment belongs to a client; a report can be had of each environment."
              : `${count(items.length, "client")}; ${drifted === 0 ? "none has an open drift case" : `${drifted} ${drifted === 1 ? "has" : "have"} open drift cases`}.`
        }
      />
      <div className="stack">
        <Loaded query={clients} label="Clients" lines={4}>
          {(data) => (
            <div className="panel">
              {data.items.length === 0 ? (
                <Empty title="No clients">An environment belongs to the client before its slash: globex/prod.</Empty>
              ) : (
                <ClientsTable items={data.items.filter(({ name }) => !client || name === client)} />
              )}
            </div>
          )}
        </Loaded>
        <ReportPanel />
        <ScopePanel {...(client ? { environments: `${client}/*` } : {})} />
      </div>
    </>
  );
}
