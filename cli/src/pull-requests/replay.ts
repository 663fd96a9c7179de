import { getReplay } from "@plumbline/contract";
import type { Replay, ReplayedFinding } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Look, Style } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";
import { plural } from "../terminal/words.ts";

const words: Record<ReplayedFinding["change"], { text: string; style: Style }> = {
  blocks: { text: "blocks", style: "red" },
  passes: { text: "passes", style: "green" },
  reported: { text: "reported", style: "yellow" },
};

/** `plumb prs replay`: what a change of policies would do. Ends with 1 while plans are still to be judged. */
export async function showReplay(context: Context, number: number): Promise<void> {
  const client = await context.client();
  const found = await client.call(getReplay, { params: { number } });
  context.print(found, replayLines);
  if (found.state === "running") context.fail();
}

function replayLines({ state, workspaces, findings, teams }: Replay, look: Look): string[] {
  if (state === "none") return ["It changes no policies."];
  const pending = workspaces.filter((one) => one.state === "pending").length;
  return [
    state === "running"
      ? `${pending} of ${plural(workspaces.length, "newest plan")} still to be judged.`
      : `${plural(workspaces.length, "newest plan")} judged by its policies.`,
    ...workspaces
      .filter((one) => one.state === "not_judged")
      .map(({ workspace, detail }) => `${look.paint("red", "not judged")} ${workspace}: ${detail ?? ""}`),
    "",
    ...table(
      look,
      [
        { title: "OUTCOME" },
        { title: "SEVERITY" },
        { title: "RULE", least: 12 },
        { title: "ADDRESS", least: 10 },
        { title: "WORKSPACE", least: 10 },
        { title: "OWNERS" },
      ],
      findings.map(({ change, severity, rule, address, file, workspace, owners, until }) => [
        until === null ? words[change] : { ...words[change], text: `reported until ${until.slice(0, 10)}` },
        severity,
        rule,
        address ?? file ?? "",
        workspace,
        owners.join(" "),
      ]),
      "No finding would stand differently.",
    ),
    ...teams.map(
      ({ owner, blocks, passes, reported }) =>
        `${owner === "" ? "nobody" : owner}: ${blocks} newly blocked, ${passes} newly passing, ${reported} newly reported`,
    ),
  ];
}
