import { useInfiniteQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { driftCasesQuery } from "../../api/queries/drift.ts";
import { runsQuery } from "../../api/queries/runs.ts";
import { DriftTable } from "../../tables/drift-table.tsx";
import { RunsTable } from "../../tables/runs-table.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { More } from "../../ui/lists/more.tsx";
import { fullName } from "../../util/path-builder.ts";
import { Resources } from "../resources/resources.tsx";
import { StateTab } from "./state-tab.tsx";
import { Summary } from "./summary.tsx";

type Workspace = AnswerOf<"getWorkspace">;

/** The tabs of a workspace's page, as its address names them. */
export const workspaceTabs = ["summary", "resources", "state", "runs", "drift"] as const;
export type WorkspaceTab = (typeof workspaceTabs)[number];

/** What stands below a tab. */
export function TabContent({ workspace, tab }: { workspace: Workspace; tab: WorkspaceTab }) {
  switch (tab) {
    case "summary":
      return <Summary workspace={workspace} />;
    case "resources":
      return <Resources workspace={workspace} />;
    case "state":
      return <StateTab workspace={workspace} />;
    case "runs":
      return <Runs workspace={fullName(workspace)} />;
    case "drift":
      return <Cases workspace={fullName(workspace)} />;
  }
}

function Runs({ workspace }: { workspace: string }) {
  const query = useInfiniteQuery(runsQuery({ workspace }));
  return (
    <Loaded query={query} label="Runs" lines={8}>
      {({ pages }) => (
        <div className="panel">
          {pages[0]?.items.length === 0 ? (
            <Empty title="No runs yet">The first plan makes the first run.</Empty>
          ) : (
            <RunsTable items={pages.flatMap((page) => page.items)} />
          )}
          <More query={query} />
        </div>
      )}
    </Loaded>
  );
}

function Cases({ workspace }: { workspace: string }) {
  const query = useInfiniteQuery(driftCasesQuery({ workspace }));
  return (
    <Loaded query={query} label="Drift cases" lines={6}>
      {({ pages }) => (
        <div className="panel">
          {pages[0]?.items.length === 0 ? (
            <Empty title="No drift">When something of it changes outside Git, its case appears here.</Empty>
          ) : (
            <DriftTable items={pages.flatMap((page) => page.items)} />
          )}
          <More query={query} />
        </div>
      )}
    </Loaded>
  );
}
