import { useAct } from "../api/use-act.ts";
import type { PullRequest } from "../components/pull-request/types.ts";
import { Button } from "../ui/buttons/button.tsx";
import { ChangeCounts } from "../ui/marks/change-counts.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { count } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import { FormProblem } from "./form-problem.tsx";

/** Says what a merge starts before it does. */
export function MergeDialog({ pullRequest, onClose }: { pullRequest: PullRequest; onClose: () => void }) {
  const { number, affected, counts, environments } = pullRequest;
  const merge = useAct("mergePullRequest", () => {
    toast(`#${number} merged`, {
      text: `${count(affected.length, "apply run")} start in order.`,
      link: { href: pathTo.runs(), label: "Runs" },
    });
    onClose();
  });
  const later = affected.filter((item) => item.later !== null);
  return (
    <Dialog title={`Merge #${number}`} onClose={onClose}>
      <div className="form">
        <p>
          The server makes the merge commit, then applies {count(affected.length, "workspace")}:{" "}
          {environments.join(", then ")}, inside each in dependency order.
        </p>
        <p>
          <ChangeCounts counts={counts} />
        </p>
        {later.length > 0 && (
          <ul className="note">
            {later.map((item) => (
              <li key={item.workspace}>
                {item.workspace}: {item.later}
              </li>
            ))}
          </ul>
        )}
        <FormProblem error={merge.error} />
        <div className="dialog-actions">
          <Button onClick={onClose} autoFocus>
            Not now
          </Button>
          <Button variant="primary" busy={merge.isPending} onClick={() => merge.mutate({ params: { number } })}>
            Merge and apply {count(affected.length, "workspace")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
