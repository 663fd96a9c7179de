import { IconDots, IconGitPullRequest, IconRefresh } from "@tabler/icons-react";
import { ActionIcon, Menu } from "@mantine/core";
import "@mantine/core/styles/ActionIcon.css";
import type { AnswerOf } from "../../api/endpoints.ts";
import { problemOf } from "../../api/api-error.ts";
import { useAct } from "../../api/use-act.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Button } from "../../ui/buttons/button.tsx";
import { FilePlace } from "../../ui/text/file-place.tsx";
import { PageHead } from "../../ui/layout/page-head.tsx";
import { SeverityBadge } from "../../ui/marks/severity.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import { toast } from "../../ui/toast.ts";
import { useNow } from "../../ui/text/use-now.ts";
import { count, short } from "../../util/format.ts";
import { fullName, pathTo } from "../../util/path-builder.ts";
import { duration } from "../../util/time.ts";
import { StateBadge } from "../state-badge.tsx";
import { isDestroyed, workspaceWord } from "../state-words.ts";

/** A workspace's state, where its code comes from, what can be done with it. */
export function WorkspaceHead({
  workspace,
  onChange,
  onDestroy,
}: {
  workspace: AnswerOf<"getWorkspace">;
  onChange: () => void;
  onDestroy: () => void;
}) {
  const now = useNow();
  const {
    name,
    layer,
    pin,
    engine,
    resources,
    verifiedAt,
    nextCheckAt,
    appliedCommit,
    appliedAt,
    can,
    severity,
    state,
    declared,
  } = workspace;
  const check = useAct("checkDrift", (run) =>
    toast(`Run ${run.number} checks ${name} for drift`, { link: { href: pathTo.run(run.number), label: "Open" } }),
  );
  const destroyReason = can.destroy.allowed ? null : (can.destroy.reason ?? "You may not.");
  return (
    <PageHead
      title={name}
      aside={
        <>
          {state === "drifted" && severity !== null ? (
            <SeverityBadge severity={severity}>drifted, {severity}</SeverityBadge>
          ) : (
            <StateBadge state={{ ...workspaceWord(workspace), ...(isDestroyed(workspace) && { word: "destroyed" }) }} />
          )}
          {!declared && <Badge tone="medium">no longer declared</Badge>}
        </>
      }
      facts={
        <>
          <span>{layer} layer</span>
          <span>
            ·{" "}
            {pin === null ? (
              "follows main"
            ) : (
              <>
                pinned to{" "}
                <FilePlace repository={workspace.repository} file={pin.file} line={pin.line}>
                  {pin.label ?? short(pin.ref)}
                </FilePlace>
              </>
            )}
          </span>
          <span>· {count(resources, "resource")}</span>
          <span>
            · {engine.name} {engine.constraint}
          </span>
          {appliedCommit !== null && appliedAt !== null && (
            <span>
              · applied <code title={appliedCommit}>{short(appliedCommit)}</code> <TimeAgo at={appliedAt} />
            </span>
          )}
          <span>
            ·{" "}
            {verifiedAt === null ? (
              "never verified"
            ) : (
              <>
                verified <TimeAgo at={verifiedAt} />
              </>
            )}
            {nextCheckAt !== null &&
              Date.parse(nextCheckAt) > now &&
              `, next in ${duration((Date.parse(nextCheckAt) - now) / 1000)}`}
          </span>
        </>
      }
      actions={
        <>
          <Button
            icon={IconRefresh}
            busy={check.isPending}
            reason={can.checkDrift.allowed ? null : (can.checkDrift.reason ?? "You may not.")}
            onClick={() =>
              check.mutate(
                { params: { workspace: fullName(workspace) } },
                { onError: (error) => toast(problemOf(error).title, { text: problemOf(error).detail, failed: true }) },
              )
            }
          >
            Check drift now
          </Button>
          <Button icon={IconGitPullRequest} onClick={onChange}>
            New change
          </Button>
          <Menu position="bottom-end" width={280}>
            <Menu.Target>
              <ActionIcon variant="default" size={28} aria-label="More">
                <IconDots size={16} stroke={1.75} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                aria-disabled={destroyReason !== null}
                closeMenuOnClick={destroyReason === null}
                onClick={() => destroyReason === null && onDestroy()}
              >
                <span className={destroyReason === null ? undefined : "dim"}>Ask to destroy it</span>
                {destroyReason !== null && (
                  <span className="note" style={{ display: "block", whiteSpace: "normal" }}>
                    {destroyReason}
                  </span>
                )}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    />
  );
}
