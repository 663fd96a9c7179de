import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { fullName, type NamedWorkspace } from "../util/path-builder.ts";
import { FormProblem } from "./form-problem.tsx";

const least = 10;

/** Confirms that nothing of an unknown run is still at work; the sentence is kept in the audit log. */
export function ConfirmStoppedDialog({ workspace, onClose }: { workspace: NamedWorkspace; onClose: () => void }) {
  const [statement, setStatement] = useState("");
  const confirm = useAct("confirmStopped", () => {
    toast(`${workspace.name} is planned anew`, { text: "What is left to do is held for approval." });
    onClose();
  });
  return (
    <Dialog title={`Confirm that nothing runs in ${workspace.name}`} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (statement.trim().length >= least)
            confirm.mutate({ params: { workspace: fullName(workspace) }, body: { statement: statement.trim() } });
        }}
      >
        <p>
          Its last run is unknown: the runner is gone and may have left an engine at work. Two engines at once would
          change one cloud. Look at the runner's machine first.
        </p>
        <p className="note">
          Afterwards the lease ends, the workspace is planned anew, and what is left to do is held for approval.
        </p>
        <Textarea
          label="What you checked"
          description="Written into the audit log with your name. Example: runner-2 was switched off at 14:10, no process was left."
          autosize
          minRows={3}
          maxLength={500}
          value={statement}
          onChange={(event) => setStatement(event.currentTarget.value)}
        />
        <FormProblem error={confirm.error} />
        <div className="dialog-actions">
          <Button onClick={onClose} autoFocus>
            Leave it frozen
          </Button>
          <Button
            type="submit"
            variant="primary"
            busy={confirm.isPending}
            reason={statement.trim().length < least ? "Say in a sentence what you checked." : null}
          >
            Nothing runs any more
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
