import { getParity } from "@plumbline/contract";
import type { ComponentParity, ParityRow, ParityVerdict, ResponseOf } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { loadPages } from "../connection/pages.ts";
import { heading } from "../terminal/facts.ts";
import type { Look, Style } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { plural } from "../terminal/words.ts";

export interface ParityOptions {
  client?: string;
  repository?: string;
  /** Rows that are the same everywhere too. */
  all?: boolean;
}

type Parity = Omit<ResponseOf<typeof getParity>, "cursor">;

const styles: Record<ParityVerdict, Style | undefined> = {
  same: "dim",
  follows: undefined,
  explained: undefined,
  unexplained: "yellow",
  forbidden: "red",
};

/** `plumb workspaces parity` */
export async function showParity(
  context: Context,
  component: string | undefined,
  { repository, all = false, ...options }: ParityOptions,
): Promise<void> {
  const client = await context.client();
  let head: Parity | undefined;
  const { items } = await loadPages(Number.POSITIVE_INFINITY, async ({ cursor }) => {
    const answer = await client.call(getParity, {
      query: { client: options.client, repository, component, cursor },
    });
    head = answer;
    return { items: answer.components, cursor: answer.cursor };
  });
  const found: Parity = {
    repository: head?.repository ?? "",
    environments: head?.environments ?? [],
    hidden: head?.hidden ?? 0,
    components: items,
  };
  context.print(found, (shown, look) => [
    ...(component === undefined ? summaryLines(shown, look) : []),
    ...shown.components.flatMap((one) => componentLines(one, shown, look, component !== undefined, all)),
    ...(shown.hidden === 0
      ? []
      : [
          "",
          `${plural(shown.hidden, "environment")} that you may not read ${shown.hidden === 1 ? "is" : "are"} not compared.`,
        ]),
  ]);
}

function summaryLines({ repository, components }: Parity, look: Look): string[] {
  return [
    look.paint("dim", repository),
    ...table(
      look,
      [
        { title: "COMPONENT", least: 10 },
        { title: "LAYER", least: 6 },
        { title: "SHOULD NOT DIFFER", align: "right" },
        { title: "NO REASON", align: "right" },
        { title: "EXPLAINED", align: "right" },
        { title: "FOLLOWS", align: "right" },
        { title: "SAME", align: "right" },
      ],
      components.map(({ component, layer, counts }) => [
        component,
        layer,
        { text: String(counts.forbidden), style: counts.forbidden > 0 ? styles.forbidden : styles.same },
        { text: String(counts.unexplained), style: counts.unexplained > 0 ? styles.unexplained : styles.same },
        String(counts.explained),
        String(counts.follows),
        String(counts.same),
      ]),
      "No components.",
    ),
  ];
}

/** Of one component all that differs; of several what needs somebody. */
function componentLines(
  { component, rows }: ComponentParity,
  { environments }: Parity,
  look: Look,
  alone: boolean,
  all: boolean,
): string[] {
  const shown = rows.filter(
    ({ verdict }) => all || (alone ? verdict !== "same" : verdict === "forbidden" || verdict === "unexplained"),
  );
  if (shown.length === 0) return alone ? [`${component}: nothing differs between its environments.`] : [];
  return [
    ...heading(look, component),
    ...table(
      look,
      [
        { title: "", least: 12 },
        { title: "" },
        ...environments.map(({ name }) => ({ title: name.toUpperCase(), least: 8 })),
      ],
      shown.map((row) => [
        row.name,
        { text: row.verdict, style: styles[row.verdict] },
        ...environments.map(({ name }) => cellOf(row, name)),
      ]),
      "",
    ),
    "",
    ...shown.flatMap((row) => [
      `${look.paint(styles[row.verdict], row.name)}`,
      ...wrap(row.sentence, look.columns).map((line) => `  ${line}`),
      ...row.cells
        .filter(({ wanting, origin }) => wanting && origin !== null && origin.file !== null)
        .map(({ origin }) => `  ${origin?.file}:${origin?.line ?? 1}`),
    ]),
  ];
}

function cellOf(row: ParityRow, environment: string): { text: string; style: Style | undefined } {
  const cell = row.cells.find((one) => one.environment === environment);
  return { text: oneLine(cell?.text ?? "-"), style: cell?.wanting === true ? styles[row.verdict] : undefined };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
