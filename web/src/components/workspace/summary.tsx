import { useInfiniteQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { runsQuery } from "../../api/queries/runs.ts";
import { RunsTable } from "../../tables/runs-table.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { count } from "../../util/format.ts";
import { fullName, pathTo } from "../../util/path-builder.ts";
import { Outputs } from "../resources/outputs.tsx";
import { Resources } from "../resources/resources.tsx";
import { LaneStrip } from "./lane-strip.tsx";
import { Neighbours } from "./neighbours.tsx";
import { StateVersions } from "./state-versions.tsx";
import { SealedVariables, Values } from "./values.tsx";

type Workspace = AnswerOf<"getWorkspace">;

/** So many runs stand on the first page of a workspace. */
const shownRuns = 6;

/** What is the case in a workspace, at a glance. */
export function Summary({ workspace }: { workspace: Workspace }) {
  const { queue } = workspace;
  return (
    <div className="stack">
      <LaneStrip workspace={workspace} />
      <div className="workspace-grid">
        <div className="stack">
          {queue.length > 0 && (
            <Panel
              title="Queue"
              note={`${count(queue.length, "apply run")} that ${queue.length === 1 ? "has" : "have"} not ended well`}
            >
              <RunsTable items={queue} short />
            </Panel>
          )}
          <Resources workspace={workspace} />
          <Neighbours workspace={workspace} />
        </div>
        <div className="stack">
          <StateVersions workspace={workspace} />
          <Outputs workspace={workspace} />
        </div>
        <div className="stack">
          <Values workspace={workspace} />
          <LastRuns workspace={fullName(workspace)} />
          <SealedVariables workspace={workspace} />
          <Credentials name={workspace.credentials} />
        </div>
      </div>
    </div>
  );
}

function LastRuns({ workspace }: { workspace: string }) {
  const runs = useInfiniteQuery(runsQuery({ workspace, limit: shownRuns }));
  return (
    <Panel title="Runs" side={<Link href={pathTo.workspace(workspace, { tab: "runs" })}>All</Link>}>
      <Loaded query={runs} label="Runs">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items).slice(0, shownRuns);
          return items.length === 0 ? (
            <Empty title="No runs yet">The first plan makes the first run.</Empty>
          ) : (
            <RunsTable items={items} short />
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Credentials({ name }: { name: string | null }) {
  return (
    <Panel title="Credentials">
      <p className="panel__body note">
        {name === null ? (
          "None: its phases get no credential."
        ) : (
          <>
            <b>{name}</b>, one for plan (reads) and one for apply (writes); each lives in its phase only.
          </>
        )}
      </p>
    </Panel>
  );
}
