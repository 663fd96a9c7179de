import type { ReactNode } from "react";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { FormProblem } from "./form-problem.tsx";

/** Says what an act does and asks once; the focus is on the safe choice. */
export function ConfirmDialog({
  title,
  children,
  action,
  danger = false,
  busy,
  error,
  reason = null,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  action: string;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  reason?: string | null;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="form">
        {children}
        <FormProblem error={error} />
        <div className="dialog-actions">
          <Button onClick={onClose} autoFocus>
            Keep it
          </Button>
          <Button variant={danger ? "danger-fill" : "primary"} busy={busy} reason={reason} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
