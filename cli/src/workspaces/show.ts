import { getWorkspace } from "@plumbline/contract";
import type { Workspace } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { stateVersionTable } from "../states/state-version-table.ts";
import { facts, heading, indented } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { statusStyle } from "../terminal/status-style.ts";
import { wrap } from "../terminal/width.ts";
import { ago } from "../terminal/words.ts";

/** `plumb workspaces show` */
export async function showWorkspace(context: Context, workspace: string): Promise<void> {
  const client = await context.client();
  const shown = await client.call(getWorkspace, { params: { workspace } });
  context.print(shown, workspaceLines);
}

function workspaceLines(shown: Workspace, look: Look): string[] {
  const state = look.paint(statusStyle(shown.state), shown.state.replaceAll("_", " "));
  return [
    `${look.paint("bold", shown.name)}  ${state}`,
    ...wrap(shown.sentence, look.columns),
    "",
    ...facts(look, [
      ["repository", shown.repository],
      ["layer", shown.layer],
      ["code from", pinText(shown)],
      ["applied", appliedText(shown, look)],
      ["verified", `${ago(shown.verifiedAt, look.now)}, every ${shown.driftEverySeconds} s`],
      ["frozen", shown.frozen === null ? null : `${ago(shown.frozen.at, look.now)}: ${shown.frozen.reason}`],
      ["engine", `${shown.engine.name} ${shown.engine.constraint}`],
      ["credentials", shown.credentials],
      ["depends on", listText(shown.dependsOn)],
      ["needed by", listText(shown.dependents)],
      ["inputs", listText(shown.inputs.map(({ variable, from }) => `${variable} = ${from}`))],
      ["sealed", listText(shown.sealedVariables.map(({ name, version }) => `${name} (version ${version ?? "none"})`))],
      ["pull request", shown.pullRequest === null ? null : `#${shown.pullRequest}`],
      ["drift case", shown.driftCase === null ? null : `case ${shown.driftCase}`],
      ["queue", listText(shown.queue.map(({ number, status }) => `run ${number} (${status})`))],
    ]),
    ...shown.values.flatMap(({ file, text }) => [...heading(look, file), ...indented(text)]),
    ...heading(look, "State versions"),
    ...stateVersionTable(shown.stateVersions, look),
  ];
}

function pinText({ pin }: Workspace): string {
  if (pin === null) return "main";
  return `${pin.ref.slice(0, 12)}${pin.label === null ? "" : ` (${pin.label})`}, pinned in ${pin.file}`;
}

function appliedText({ appliedAt, appliedCommit }: Workspace, look: Look): string | null {
  return appliedAt === null ? null : `${appliedCommit?.slice(0, 12) ?? "nothing"}, ${ago(appliedAt, look.now)}`;
}

function listText(items: readonly string[]): string | null {
  return items.length === 0 ? null : items.join(", ");
}
