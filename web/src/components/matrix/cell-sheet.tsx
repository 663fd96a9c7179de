import { ButtonLink } from "../../ui/buttons/button-link.tsx";
import { Dialog } from "../../ui/layout/dialog.tsx";
import { SeverityBadge } from "../../ui/marks/severity.tsx";
import { pathTo } from "../../util/path-builder.ts";
import { StateText } from "../state-text.tsx";
import { workspaceWord } from "../state-words.ts";
import { cellHref, freshness, type WorkspaceSummary } from "./cell-text.ts";

/** What a tile has no room for on a phone. */
export function CellSheet({
  workspace,
  now,
  onClose,
}: {
  workspace: WorkspaceSummary;
  now: number;
  onClose: () => void;
}) {
  const href = cellHref(workspace);
  const home = pathTo.workspace(workspace);
  return (
    <Dialog title={workspace.name} onClose={onClose}>
      <div className="stack">
        <div className="wrap">
          <StateText state={workspaceWord(workspace)} />
          {workspace.severity !== null && <SeverityBadge severity={workspace.severity} />}
        </div>
        <p>{workspace.sentence}</p>
        <p className="note">{freshness(workspace, now)}</p>
        <div className="dialog-actions">
          <ButtonLink href={home}>Workspace</ButtonLink>
          {href !== home && (
            <ButtonLink href={href} variant="primary">
              Open what needs somebody
            </ButtonLink>
          )}
        </div>
      </div>
    </Dialog>
  );
}
