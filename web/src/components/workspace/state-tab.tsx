import { useInfiniteQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { stateVersionsQuery } from "../../api/queries/workspaces.ts";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { More } from "../../ui/lists/more.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { fullName } from "../../util/path-builder.ts";
import { AsItWas } from "./as-it-was.tsx";
import { chooseVersions } from "./choose-versions.ts";
import { StateDiff } from "./state-diff.tsx";
import { DownloadState } from "./state-versions.tsx";
import "./state-tab.css";
import { VersionsTable } from "./versions-table.tsx";

/** All versions of a state: any two compared, and what it held at a time. */
export function StateTab({ workspace }: { workspace: AnswerOf<"getWorkspace"> }) {
  const versions = useInfiniteQuery(stateVersionsQuery(fullName(workspace)));
  const [search, setSearch] = useAddress();
  const { allowed, reason } = workspace.can.readState;
  return (
    <Loaded query={versions} label="State versions" lines={8}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        const chosen = chooseVersions(items, search["from"], search["version"]);
        if (chosen === undefined)
          return (
            <div className="panel">
              <Empty title="No state yet">The first apply stores the first version.</Empty>
            </div>
          );
        const { from, to } = chosen;
        const choose = (patch: { from?: number | undefined; version?: number | undefined }) =>
          setSearch(
            Object.fromEntries(
              Object.entries(patch).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
            ),
            { replace: true },
          );
        return (
          <div className="state-tab">
            <div className="stack">
              <Panel title="State versions" note="sealed, serial and lineage checked; choose two to compare">
                <VersionsTable items={items} from={from} to={to} onChoose={choose} />
                <More query={versions} />
              </Panel>
            </div>
            <div className="stack">
              {allowed ? (
                <StateDiff
                  workspace={fullName(workspace)}
                  from={from}
                  to={to}
                  side={<DownloadState workspace={workspace} version={to} />}
                />
              ) : (
                <Panel title={from === 0 ? `In ${to}` : `${from} to ${to}`}>
                  <p className="panel__body note">{reason}</p>
                </Panel>
              )}
              <AsItWas workspace={fullName(workspace)} version={to} />
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}
