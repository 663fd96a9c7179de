import { IconDownload } from "@tabler/icons-react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { useNow } from "../../ui/text/use-now.ts";
import { classes, count } from "../../util/format.ts";
import { fullName, pathTo } from "../../util/path-builder.ts";
import { clockOrDate, exact } from "../../util/time.ts";
import { StateDiff } from "./state-diff.tsx";
import "../../ui/lists/table.css";
import "../../ui/buttons/button.css";

type Workspace = AnswerOf<"getWorkspace">;

/** State versions, newest first; the selected one is compared with the one before it. */
export function StateVersions({ workspace }: { workspace: Workspace }) {
  const now = useNow(60_000);
  const [search, setSearch] = useAddress();
  const versions = workspace.stateVersions;
  const selected = versions.find(({ version }) => String(version) === search["version"]) ?? versions[0];
  const previous = selected === undefined ? undefined : versions.find(({ version }) => version < selected.version);
  return (
    <>
      <Panel
        title="State versions"
        note="sealed, serial and lineage checked"
        side={
          versions.length > 0 ? (
            <Link href={pathTo.workspace(workspace, { tab: "state" })}>All {versions[0]?.version}</Link>
          ) : undefined
        }
      >
        {versions.length === 0 ? (
          <Empty title="No state yet">The first apply stores the first version.</Empty>
        ) : (
          <div className="table-wrap" style={{ maxHeight: 320 }}>
            <table className="table table--tight table--bare">
              <thead>
                <tr>
                  <th>Version</th>
                  <th>Stored</th>
                  <th>By</th>
                  <th className="table__number">Resources</th>
                </tr>
              </thead>
              <tbody>
                {versions.map((item) => (
                  <tr key={item.version} className={classes("table__row", item === selected && "table__row--selected")}>
                    <td>
                      <button
                        type="button"
                        className="state-version"
                        aria-pressed={item === selected}
                        data-row=""
                        onClick={() => setSearch({ version: String(item.version) }, { replace: true })}
                      >
                        {item.version}
                      </button>{" "}
                      {item.serial !== item.version && <Badge>serial {item.serial}</Badge>}
                    </td>
                    <td>
                      <time dateTime={item.createdAt} title={exact(item.createdAt)}>
                        {clockOrDate(item.createdAt, now)}
                      </time>
                    </td>
                    <td>
                      {item.run !== null && (
                        <Link className="table__above" href={pathTo.run(item.run)}>
                          Run {item.run}
                        </Link>
                      )}
                    </td>
                    <td className="table__number">{count(item.resources, "resource")}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Panel>
      {selected !== undefined && !workspace.can.readState.allowed && (
        <Panel title={`In ${selected.version}`}>
          <p className="panel__body note">{workspace.can.readState.reason}</p>
        </Panel>
      )}
      {selected !== undefined && workspace.can.readState.allowed && (
        <StateDiff
          workspace={fullName(workspace)}
          from={previous?.version ?? 0}
          to={selected.version}
          side={<DownloadState workspace={workspace} version={selected.version} />}
        />
      )}
    </>
  );
}

/** Reading a state is an audited act. */
export function DownloadState({ workspace, version }: { workspace: Workspace; version: number }) {
  const href = `/api/v1/workspaces/${encodeURIComponent(fullName(workspace))}/state?version=${version}`;
  return (
    <a
      className="button button--quiet"
      href={href}
      download={`${workspace.name.replaceAll("/", "-")}-${version}.tfstate.json`}
      title="The read is written into the audit log"
    >
      <IconDownload size={16} stroke={1.75} aria-hidden="true" />
      Download {version}
    </a>
  );
}
