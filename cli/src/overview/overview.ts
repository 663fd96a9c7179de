import { getOverview } from "@plumbline/contract";
import type { Overview, WaitingItem } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Client } from "../connection/client.ts";
import { actedLines } from "../terminal/acted.ts";
import { heading } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { statusCell, statusStyle } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { ago, plural, span } from "../terminal/words.ts";

export interface OverviewOptions {
  client?: string;
  repository?: string;
  /** Every component, not only those that need somebody. */
  all?: boolean;
}

const shownActivity = 8;

/** `plumb overview` */
export async function showOverview(context: Context, options: OverviewOptions): Promise<void> {
  context.print(await load(await context.client(), options), overviewLines);
}

/** The overview; with `all` the rows of the matrix, which come in pieces, joined. */
async function load(client: Client, { client: wanted, repository, all }: OverviewOptions): Promise<Overview> {
  const query = { client: wanted, repository };
  let found = await client.call(getOverview, { query: all === true ? { ...query, from: 0 } : query });
  while (all === true && found.matrix.next !== null) {
    const more = await client.call(getOverview, { query: { ...query, from: found.matrix.next } });
    found = {
      ...found,
      components: [...found.components, ...more.components],
      workspaces: [...found.workspaces, ...more.workspaces],
      matrix: more.matrix,
    };
  }
  return found;
}

function overviewLines(shown: Overview, look: Look): string[] {
  return [
    `${look.paint("bold", shown.headline)}  ${look.paint("dim", shown.repository)}`,
    ...(shown.sentence === "" ? [] : wrap(shown.sentence, look.columns)),
    "",
    ...matrixLines(shown, look),
    ...(shown.matrix.folded
      ? [
          "",
          look.paint(
            "dim",
            `${shown.components.length} of ${shown.matrix.total} components need somebody most; ${shown.matrix.inSync} are in sync everywhere. --all shows all.`,
          ),
        ]
      : []),
    ...delayLines(shown, look),
    ...heading(look, "Waits for you"),
    ...(shown.waitsForMe.length === 0 ? ["  Nothing."] : []),
    ...shown.waitsForMe.flatMap((item) => waitingLines(item, look)),
    ...heading(look, "Lately"),
    ...actedLines(look, shown.activity.slice(0, shownActivity), (at) => `  ${ago(at, look.now)}`),
  ];
}

/** What waits, and the command that shows it. */
function waitingLines(item: WaitingItem, look: Look): string[] {
  const { action, title, detail, severity } = item;
  const word = severity === null ? "" : `${look.paint(statusStyle(severity), severity)} `;
  const command = commandFor(item);
  return [
    `  ${look.paint("bold", `${action}:`)} ${word}${title}${detail === "" ? "" : `, ${detail}`}`,
    ...(command === undefined ? [] : [look.paint("dim", `    ${command}`)]),
  ];
}

/** By the page that it leads to, which is the address of what is to be looked at. */
function commandFor({ link }: WaitingItem): string | undefined {
  const [, page, ...rest] = (link.split(/[?#]/)[0] ?? "").split("/").map(decodeURIComponent);
  const command = page === undefined ? undefined : shownBy.get(page);
  return command === undefined || rest.length === 0 ? undefined : `${command} ${rest.join("/")}`;
}

const shownBy = new Map([
  ["pull-requests", "plumb prs show"],
  ["runs", "plumb runs show"],
  ["drift", "plumb drift show"],
  ["workspaces", "plumb workspaces show"],
]);

/** How long drift stayed unseen at worst in the last 14 days, where there was any. */
function delayLines({ detectionDelay, sweeps }: Overview, look: Look): string[] {
  const seen = detectionDelay.flatMap(({ environment, objectiveSeconds, days }) => {
    const delays = days.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
    const last = delays.at(-1);
    if (last === undefined) return [];
    const misses = delays.filter((seconds) => seconds > objectiveSeconds).length;
    const missed = misses === 0 ? "" : look.paint("red", `, ${plural(misses, "day")} over it`);
    return [`  ${environment}: ${span(Math.round(last))}, objective ${span(objectiveSeconds)}${missed}`];
  });
  const late = sweeps.total - sweeps.onTime;
  return [
    ...(late === 0 ? [] : ["", look.paint("red", `Drift checks are late, ${late} of ${sweeps.total}.`)]),
    ...(seen.length === 0 ? [] : [...heading(look, "Drift was seen after (95th percentile of a day)"), ...seen]),
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
