import type { ChangedInput } from "../../runs/queue/changed-inputs.ts";
import { list } from "../gate/condition.ts";
import { inlineCode } from "../comments/markdown.ts";
import type { PullRequestRecord } from "../pull-request.ts";

const prefix = "outputs/";

/** The topic by which the one pull request of an environment that takes over new outputs is found again. */
export function takeOverTopic(environment: string): string {
  return `${prefix}${environment}`;
}

/** The environment whose new outputs a pull request takes over; undefined where it is for something else. */
export function takesOverIn(
  pullRequest: Pick<PullRequestRecord, "openedBy" | "workspaces" | "topic">,
): string | undefined {
  const { openedBy, workspaces, topic } = pullRequest;
  // People give topics too; only Plumbline opens one in nobody's name.
  if (openedBy !== null || workspaces === null || topic === null || !topic.startsWith(prefix)) return undefined;
  return topic.slice(prefix.length);
}

/** Title and description: what changed upstream, and who has not taken it over. Names only, never values. */
export function takeOverWords(behind: ReadonlyMap<string, readonly ChangedInput[]>): {
  title: string;
  description: string;
} {
  const upstreams = new Set([...behind.values()].flatMap((inputs) => inputs.map(({ workspace }) => workspace)));
  const lines = [...behind].map(([name, inputs]) => {
    const outputs = inputs.map(({ output, workspace }) => `${inlineCode(output)} of ${inlineCode(workspace)}`);
    return `- ${inlineCode(name)}: ${[...new Set(outputs)].join(", ")}`;
  });
  return {
    title: `Take over new outputs of ${list([...upstreams].toSorted())}`.slice(0, 200),
    description: [
      "Outputs changed after these workspaces were applied, and not by a pull request that applies them too.",
      "Their plans show what the new values mean; nothing is applied before this is approved and merged.",
      "",
      ...lines,
      "",
      "It is closed by itself once nothing of this is left to take over.",
    ].join("\n"),
  };
}
