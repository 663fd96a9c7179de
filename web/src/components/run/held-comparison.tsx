import type { PlanView } from "@plumbline/contract/plan-view";
import { useQuery } from "@tanstack/react-query";
import { runQuery } from "../../api/queries/runs.ts";
import { Link } from "../../ui/text/link.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { count } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { planDifferences } from "./plan-difference.ts";
import "../../ui/lists/table.css";

/** What was approved beside what would be applied now. */
export function HeldComparison({ approvedRun, plan }: { approvedRun: number; plan: PlanView }) {
  const approved = useQuery(runQuery(approvedRun));
  return (
    <Panel
      title="What differs from the approved plan"
      note={<Link href={pathTo.run(approvedRun)}>Run {approvedRun} was approved</Link>}
    >
      <Loaded query={approved} label="The approved plan">
        {(run) => {
          const differences = run.plan === null ? [] : planDifferences(run.plan, plan);
          if (differences.length === 0)
            return (
              <p className="panel__body note">
                The shown values are equal; inputs, provider or sensitive values differ.
              </p>
            );
          return (
            <div className="table-wrap">
              <table className="table table--tight mono">
                <caption className="hidden-text">{count(differences.length, "difference")}</caption>
                <thead>
                  <tr>
                    <th>Place</th>
                    <th>Approved</th>
                    <th>Now</th>
                  </tr>
                </thead>
                <tbody>
                  {differences.map((item) => (
                    <tr key={`${item.address} ${item.path}`}>
                      <td>
                        <b>{item.address}</b> {item.path}
                      </td>
                      <td>{item.approved ?? "not touched"}</td>
                      <td className="table__main">{item.now ?? "not touched"}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
    </Panel>
  );
}
