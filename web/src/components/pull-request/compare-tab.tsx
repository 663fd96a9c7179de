import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { comparisonQuery } from "../../api/queries/pull-requests.ts";
import { ChangeCounts } from "../../ui/marks/change-counts.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { count, short } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { StateText } from "../state-text.tsx";
import type { StateWord } from "../state-words.ts";
import { ChangedFilePanel } from "./changed-file-panel.tsx";
import type { PullRequest } from "./types.ts";
import "../../ui/lists/table.css";
import "./compare-tab.css";

type Comparison = AnswerOf<"comparePatchSets">;
type Compared = Comparison["workspaces"][number];

const words: Record<Compared["change"], StateWord> = {
  same: { word: "same plan", tone: "ok", glyph: "done" },
  different: { word: "another plan", tone: "medium", glyph: "open" },
  added: { word: "affected now", tone: "chalk", glyph: "open" },
  removed: { word: "not affected any more", tone: "ink", glyph: "skipped" },
  unknown: { word: "not planned in both", tone: "ink", glyph: "unknown" },
};

/** Two patch sets against each other: whose plans are the same, and what changed in the files. They stand in the address. */
export function CompareTab({ pullRequest }: { pullRequest: PullRequest }) {
  const { number, patchSets, patchSet } = pullRequest;
  const [search, setSearch] = useAddress();
  const from = Number(search["from"] ?? patchSet - 1);
  const to = Number(search["to"] ?? patchSet);
  const comparison = useQuery(comparisonQuery(number, from, to));
  const choices = patchSets.map((item) => ({ value: String(item.number), label: `Patch set ${item.number}` }));
  return (
    <>
      <div className="compare">
        <NativeSelect
          label="From"
          size="xs"
          data={choices}
          value={String(from)}
          onChange={(event) => setSearch({ from: event.currentTarget.value }, { replace: true })}
        />
        <NativeSelect
          label="To"
          size="xs"
          data={choices}
          value={String(to)}
          onChange={(event) => setSearch({ to: event.currentTarget.value }, { replace: true })}
        />
      </div>
      <Loaded query={comparison} label="The comparison" lines={6}>
        {(data) => (
          <>
            <Plans comparison={data} />
            <Files number={number} comparison={data} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Plans({ comparison }: { comparison: Comparison }) {
  const { from, to, workspaces, otherBase } = comparison;
  const same = workspaces.filter(({ change }) => change === "same").length;
  return (
    <Panel
      title="Plans"
      note={`${same} of ${count(workspaces.length, "workspace")} planned the same${otherBase ? "; main has moved in between" : ""}`}
    >
      {workspaces.length === 0 ? (
        <Empty title="No workspace is affected">Neither patch set changes what a workspace reads.</Empty>
      ) : (
        <div className="table-wrap">
          <table className="table table--tight table--rows">
            <thead>
              <tr>
                <th>Workspace</th>
                <th>Plan</th>
                <th>Patch set {from}</th>
                <th>Patch set {to}</th>
              </tr>
            </thead>
            <tbody>
              {workspaces.map((item) => (
                <tr key={item.workspace}>
                  <td className="table__main">{item.workspace}</td>
                  <td>
                    <StateText state={words[item.change]} />
                  </td>
                  <td>
                    <Side plan={item.from} />
                  </td>
                  <td>
                    <Side plan={item.to} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Side({ plan }: { plan: Compared["from"] }) {
  if (plan === null) return <span className="dim">no plan</span>;
  return (
    <span className="inline">
      <ChangeCounts counts={plan.counts} />
      <Link href={pathTo.run(plan.run)}>
        {plan.digest === null ? `Run ${plan.run}` : <code title={plan.digest}>{short(plan.digest)}</code>}
      </Link>
    </span>
  );
}

function Files({ number, comparison: { files, from, to } }: { number: number; comparison: Comparison }) {
  if (files.length === 0)
    return (
      <div className="panel">
        <Empty title="The files are the same">
          Nothing differs between patch set {from} and patch set {to} in what they change.
        </Empty>
      </div>
    );
  return files.map((file) => (
    <ChangedFilePanel
      key={file.path}
      number={number}
      file={file}
      findings={[]}
      comments={[]}
      writing={null}
      shown={undefined}
    />
  ));
}
