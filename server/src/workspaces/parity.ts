import type { ParityCell, ParityRow, ParityVerdict } from "@plumbline/contract";
import { parityVerdicts } from "@plumbline/contract";
import { compareValues } from "./compare-values.ts";
import { differentFiles, isOneCommit } from "./parity-side.ts";
import type { ParitySide } from "./parity-side.ts";

/** Everything of a component that is compared between environments; what needs somebody first, then by name. */
export function parityRows(sides: readonly ParitySide[]): ParityRow[] {
  const names = [...new Set(sides.flatMap(({ values }) => values.items.map(({ name }) => name)))].toSorted();
  const rows = [
    codeRow(sides),
    ...directoriesRow(sides),
    engineRow(sides),
    engineVersionRow(sides),
    resourcesRow(sides),
    ...names.flatMap((name) => compareValues(name, sides) ?? []),
  ];
  const urgency = ({ verdict }: ParityRow) => -parityVerdicts.indexOf(verdict);
  return rows.toSorted((left, right) => urgency(left) - urgency(right));
}

/** How many rows have each verdict. */
export function countVerdicts(rows: readonly ParityRow[]): Record<ParityVerdict, number> {
  const counts: Record<ParityVerdict, number> = { same: 0, follows: 0, explained: 0, unexplained: 0, forbidden: 0 };
  for (const { verdict } of rows) counts[verdict] += 1;
  return counts;
}

function codeRow(sides: readonly ParitySide[]): ParityRow {
  const same = isOneCommit(sides);
  const pinned = sides.filter(({ pin }) => pin !== undefined).map(({ environment }) => environment);
  return {
    kind: "code",
    name: "code",
    verdict: same ? "same" : "explained",
    sentence: same ? "All run the code of one commit." : `Pinned: ${pinned.join(", ")}. A promotion moves the pin.`,
    rule: null,
    cells: sides.map(({ environment, pin, values }) =>
      plainCell(environment, pin?.label ?? `${pin === undefined ? "main, " : ""}${values.codeCommit.slice(0, 8)}`),
    ),
  };
}

/** Where each environment has a directory, nothing but looking tells whether their code is one. */
function directoriesRow(sides: readonly ParitySide[]): ParityRow[] {
  if (sides.every(({ values }) => values.own === undefined)) return [];
  const files = differentFiles(sides);
  const same = files.length === 0;
  const shown = `${files.slice(0, 3).join(", ")}${files.length > 3 ? ` and ${files.length - 3} more` : ""}`;
  return [
    {
      kind: "code",
      name: "directories",
      verdict: same ? "same" : "unexplained",
      sentence: same
        ? "The same code on main, in a directory for each environment."
        : `On main they differ in ${shown}: make what differs a variable.`,
      rule: null,
      cells: sides.map(({ environment, values }) => plainCell(environment, values.own?.directory ?? null)),
    },
  ];
}

function engineRow(sides: readonly ParitySide[]): ParityRow {
  const cells = sides.map(({ environment, values }) => {
    const engine = values.component?.engine;
    return plainCell(environment, engine === undefined ? null : `${engine.name} ${engine.version}`.trimEnd());
  });
  const same = isSame(cells.map(({ text }) => text));
  return {
    kind: "engine",
    name: "engine",
    verdict: same ? "same" : "follows",
    sentence: same ? "All ask for the same engine." : "plumbline.yaml of another commit asks for another engine.",
    rule: null,
    cells,
  };
}

/** One constraint may let several versions through; what was tried in one environment is then not what the next gets. */
function engineVersionRow(sides: readonly ParitySide[]): ParityRow {
  const cells = sides.map(({ environment, engineVersion }) => plainCell(environment, engineVersion ?? null));
  const applied = cells.map(({ text }) => text).filter((text) => text !== null);
  const same = isSame(applied);
  const common = mostFrequent(applied);
  return {
    kind: "engine",
    name: "engine that applied last",
    verdict: same ? "same" : "forbidden",
    sentence: same
      ? applied.length === 0
        ? "Nothing was applied yet."
        : "One version applied everywhere."
      : "One version should apply everywhere: give the runners of all environments the same, or narrow the constraint.",
    rule: null,
    cells: same ? cells : cells.map((cell) => ({ ...cell, wanting: cell.text !== null && cell.text !== common })),
  };
}

function resourcesRow(sides: readonly ParitySide[]): ParityRow {
  const cells = sides.map(({ environment, resources }) => plainCell(environment, String(resources)));
  const same = isSame(cells.map(({ text }) => text));
  return {
    kind: "resources",
    name: "resources",
    verdict: same ? "same" : "follows",
    sentence: same
      ? "All hold as many resources."
      : "Follows from values, code, and how much of them has been applied.",
    rule: null,
    cells,
  };
}

function plainCell(environment: string, text: string | null): ParityCell {
  return { environment, text, origin: null, wanting: false };
}

function isSame(values: readonly unknown[]): boolean {
  return new Set(values).size <= 1;
}

function mostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0];
}
