import { Textarea } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { runQuery } from "../api/queries/runs.ts";
import { useAct } from "../api/use-act.ts";
import type { PullRequest } from "../components/pull-request/types.ts";
import { Button } from "../ui/buttons/button.tsx";
import { ChangeCounts } from "../ui/marks/change-counts.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { count, list } from "../util/format.ts";
import { FormProblem } from "./form-problem.tsx";
import "../ui/lists/table.css";

/** Shows what is signed: meaning, workspaces, digests. After the merge these are the plans of the runs that are held. */
export function ApproveDialog({ pullRequest, onClose }: { pullRequest: PullRequest; onClose: () => void }) {
  const { number, affected, status } = pullRequest;
  const held = status === "merged" ? affected.filter(({ applyStatus }) => applyStatus === "held") : [];
  const heldRuns = useQueries({
    queries: held.flatMap(({ applyRun }) => (applyRun === null ? [] : [runQuery(applyRun)])),
  });
  const signed =
    status === "merged"
      ? heldRuns.flatMap(({ data }) =>
          data === undefined || data.digest === null
            ? []
            : [{ workspace: data.workspace, digest: data.digest, counts: data.counts }],
        )
      : affected.flatMap(({ workspace, digest, counts }) => (digest === null ? [] : [{ workspace, digest, counts }]));
  const environments = list([
    ...new Set(signed.map(({ workspace }) => `environments/${workspace.split("/").slice(1).join("/")}/`)),
  ]);
  // What is only taken out is planned by nobody.
  const later = affected.filter(({ digest, relation }) => digest === null && relation !== "removed");
  const [meaning, setMeaning] = useState<string | null>(null);
  const text =
    meaning ??
    (signed.length === 0
      ? "I read this change, which plans nothing, and answer for it."
      : `I read ${signed.length === 1 ? "this plan" : `these ${signed.length} plans`} and answer for ${environments}.`);
  const approve = useAct("approvePullRequest", () => {
    toast(`You approved #${number}`, { text: `${count(signed.length, "plan digest")} signed.` });
    onClose();
  });
  const waiting = heldRuns.some(({ isPending }) => isPending);
  return (
    <Dialog title={`Approve #${number}`} onClose={onClose} wide>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          approve.mutate({
            params: { number },
            body: { meaning: text, digests: signed.map(({ workspace, digest }) => ({ workspace, digest })) },
          });
        }}
      >
        <Textarea
          label="Meaning"
          description="You sign this sentence together with the digests below. If a plan changes, your approval of it is void."
          autosize
          minRows={2}
          maxLength={500}
          value={text}
          onChange={(event) => setMeaning(event.currentTarget.value)}
        />
        <div className="table-wrap" style={{ maxHeight: 320 }}>
          <table className="table table--tight">
            <thead>
              <tr>
                <th>Workspace</th>
                <th>Changes</th>
                <th>Plan digest</th>
              </tr>
            </thead>
            <tbody>
              {signed.map(({ workspace, digest, counts }) => (
                <tr key={workspace}>
                  <td className="table__main">{workspace}</td>
                  <td>
                    <ChangeCounts counts={counts} />
                  </td>
                  <td>
                    <code style={{ overflowWrap: "anywhere" }}>{digest}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {status === "open" && later.length > 0 && (
          <p className="note">
            Not signed now, because there is no plan yet: {list(later.map(({ workspace }) => workspace))}. They ask for
            approval when they are planned.
          </p>
        )}
        <FormProblem error={approve.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Not now</Button>
          <Button
            type="submit"
            variant="primary"
            busy={approve.isPending || waiting}
            reason={
              text.trim() === ""
                ? "Say what your approval means."
                : signed.length === 0 && (status === "merged" || affected.some(({ run }) => run !== null))
                  ? "There is no plan to sign."
                  : null
            }
          >
            Approve {count(signed.length, "plan")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
