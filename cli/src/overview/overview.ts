import { getOverview } from "@plumbline/contract";
import type { Overview } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { heading } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { statusCell, statusStyle } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { ago } from "../terminal/words.ts";

export interface OverviewOptions {
  client?: string;
  repository?: string;
}

const shownActivity = 8;

/** `plumb overview` */
export async function showOverview(context: Context, { client: wanted, repository }: OverviewOptions): Promise<void> {
  const client = await context.client();
  const found = await client.call(getOverview, { query: { client: wanted, repository } });
  context.print(found, overviewLines);
}

function overviewLines(shown: Overview, look: Look): string[] {
  return [
    look.paint("bold", shown.headline),
    ...(shown.sentence === "" ? [] : wrap(shown.sentence, look.columns)),
    "",
    ...matrixLines(shown, look),
    ...(shown.matrix.folded
      ? [
          "",
          look.paint(
            "dim",
            `${shown.components.length} of ${shown.matrix.total} components need somebody most; ${shown.matrix.inSync} are in sync everywhere.`,
          ),
        ]
      : []),
    ...heading(look, "Waits for you"),
    ...(shown.waitsForMe.length === 0 ? ["  Nothing."] : []),
    ...shown.waitsForMe.map(({ action, title, detail, severity }) => {
      const word = severity === null ? "" : `${look.paint(statusStyle(severity), severity)} `;
      return `  ${look.paint("bold", `${action}:`)} ${word}${title}${detail === "" ? "" : `, ${detail}`}`;
    }),
    ...heading(look, "Lately"),
    ...shown.activity
      .slice(0, shownActivity)
      .map(({ at, actor, text }) => `  ${look.paint("dim", ago(at, look.now))}  ${actor}: ${text}`),
  ];
}

function matrixLines({ environments, components, workspaces }: Overview, look: Look): string[] {
  return table(
    look,
    [
      { title: "COMPONENT", least: 10 },
      ...environments.map(({ name, inSync, total }) => ({
        title: `${name.toUpperCase()} ${inSync}/${total}`,
        least: 6,
      })),
    ],
    components.map(({ name }) => [
      name,
      ...environments.map((environment) => {
        const cell = workspaces.find((one) => one.component === name && one.environment === environment.name);
        return cell === undefined ? "-" : statusCell(cell.state);
      }),
    ]),
    "No components.",
  );
}
