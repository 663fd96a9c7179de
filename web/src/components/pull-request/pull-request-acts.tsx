import { useRouter } from "@tanstack/react-router";
import { useAct } from "../../api/use-act.ts";
import { ApproveDialog } from "../../forms/approve-dialog.tsx";
import { ConfirmDialog } from "../../forms/confirm-dialog.tsx";
import { MergeDialog } from "../../forms/merge-dialog.tsx";
import { TicketDialog } from "../../forms/ticket-dialog.tsx";
import { toast } from "../../ui/toast.ts";
import { pathTo } from "../../util/path-builder.ts";
import type { MenuAct } from "./pull-request-menu.tsx";
import type { PullRequest } from "./types.ts";

/** The dialog of the act that was chosen. */
export function PullRequestActs({
  pullRequest,
  act,
  onClose,
}: {
  pullRequest: PullRequest;
  act: MenuAct | "approve" | "merge";
  onClose: () => void;
}) {
  const router = useRouter();
  const { number } = pullRequest;
  const close = useAct("closePullRequest", () => {
    toast(`#${number} closed`);
    onClose();
  });
  const replan = useAct("replanPullRequest", () => {
    toast(`#${number} is planned again`);
    onClose();
  });
  const revert = useAct("revertPullRequest", (made) => {
    toast(`Pull request #${made.number} opened`, { text: `Reverts #${number}.` });
    void router.navigate({ href: pathTo.pullRequest(made.number) });
    onClose();
  });
  const params = { params: { number } };
  switch (act) {
    case "approve":
      return <ApproveDialog pullRequest={pullRequest} onClose={onClose} />;
    case "merge":
      return <MergeDialog pullRequest={pullRequest} onClose={onClose} />;
    case "ticket":
      return <TicketDialog number={number} ticket={pullRequest.ticket} onClose={onClose} />;
    case "replan":
      return (
        <ConfirmDialog
          title={`Plan #${number} again`}
          action="Plan again"
          busy={replan.isPending}
          error={replan.error}
          onConfirm={() => replan.mutate(params)}
          onClose={onClose}
        >
          <p>
            Each affected workspace is planned against the newest main. Approvals of plans that come out equal stay; the
            others are void.
          </p>
        </ConfirmDialog>
      );
    case "close":
      return (
        <ConfirmDialog
          title={`Close #${number}`}
          action="Close without merging"
          danger
          busy={close.isPending}
          error={close.error}
          onConfirm={() => close.mutate(params)}
          onClose={onClose}
        >
          <p>Nothing is applied. Its plans and its discussion stay to be read.</p>
        </ConfirmDialog>
      );
    case "revert":
      return (
        <ConfirmDialog
          title={`Revert #${number}`}
          action="Open revert pull request"
          busy={revert.isPending}
          error={revert.error}
          onConfirm={() => revert.mutate(params)}
          onClose={onClose}
        >
          <p>
            A pull request that takes the change back is opened. It is planned, checked and approved like any other;
            nothing happens before that.
          </p>
          <p className="note">
            Code cannot bring back what is gone: data of destroyed or replaced resources stays lost, and generated names
            and passwords come out new.
          </p>
        </ConfirmDialog>
      );
  }
}
