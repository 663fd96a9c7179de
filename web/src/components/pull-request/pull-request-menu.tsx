import { ActionIcon, Menu } from "@mantine/core";
import "@mantine/core/styles/ActionIcon.css";
import { pullRequestCan, type PullRequestAction } from "@plumbline/contract/pull-request-status";
import { IconDots } from "@tabler/icons-react";
import type { PullRequest } from "./types.ts";

export type MenuAct = "ticket" | "replan" | "close" | "revert";

const acts: { act: MenuAct; label: string; action: PullRequestAction }[] = [
  { act: "ticket", label: "Name the ticket", action: "comment" },
  { act: "replan", label: "Plan again", action: "replan" },
  { act: "close", label: "Close without merging", action: "close" },
  { act: "revert", label: "Revert", action: "revert" },
];

/** What else can be done with a pull request; what cannot says why. */
export function PullRequestMenu({ pullRequest, onAct }: { pullRequest: PullRequest; onAct: (act: MenuAct) => void }) {
  const { status, can } = pullRequest;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label="More">
          <IconDots size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ act, label, action }) => {
          const right = act === "ticket" ? { allowed: status === "open", reason: null } : can[act];
          const why = pullRequestCan(action, status)
            ? right.allowed
              ? null
              : (right.reason ?? "You may not.")
            : `It is ${status}.`;
          return (
            <Menu.Item
              key={act}
              aria-disabled={why !== null}
              onClick={() => why === null && onAct(act)}
              closeMenuOnClick={why === null}
            >
              <span className={why === null ? undefined : "dim"}>{label}</span>
              {why !== null && (
                <span className="note" style={{ display: "block", whiteSpace: "normal" }}>
                  {why}
                </span>
              )}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
