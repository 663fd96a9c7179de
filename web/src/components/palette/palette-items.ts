import type { AnswerOf } from "../../api/endpoints.ts";
import { mayDo, type Me } from "../../api/use-me.ts";
import type { GlyphName } from "../../ui/marks/glyph.tsx";
import { fullName, pathTo } from "../../util/path-builder.ts";
import { navigation } from "../shell/navigation.ts";
import { driftWord } from "../drift/drift-word.ts";
import { pullRequestWords, runWord, workspaceWord } from "../state-words.ts";
import { readQuery } from "./palette-query.ts";

/** Something the palette offers. `why` set: it is not allowed, and why. */
export interface PaletteItem {
  id: string;
  label: string;
  note: string;
  kind: "page" | "workspace" | "action" | "pull-request" | "case" | "run";
  /** By which it can be named: `#128`, `run 27`. */
  number?: number;
  /** What it is found by beside its label. */
  about?: string;
  why?: string;
  /** What it is; pages have their arrow, actions their bolt. */
  glyph?: GlyphName;
  act: { kind: "go"; href: string } | { kind: "check-drift"; workspace: string } | { kind: "none" };
}

/** Objects that the palette offers, as the server found them. */
export interface PaletteObjects {
  workspaces: AnswerOf<"listWorkspaces">["items"];
  pullRequests: AnswerOf<"listPullRequests">["items"];
  cases: AnswerOf<"listDriftCases">["items"];
  runs: AnswerOf<"listRuns">["items"];
}

/** Places, workspaces with their actions, pull requests, cases and runs, in this order; a forbidden action says why. */
export function paletteItems(
  { workspaces, pullRequests, cases, runs }: PaletteObjects,
  me: Me | undefined,
): PaletteItem[] {
  const of = namesOf([...workspaces, ...cases, ...runs]);
  const places = navigation
    .flatMap(({ entries }) => entries)
    .concat(
      { label: "Parity of environments", href: pathTo.workspaces({ tab: "parity" }) },
      { label: "Dependencies of components", href: pathTo.workspaces({ tab: "graph" }) },
    )
    .map(({ label, href }): PaletteItem => ({
      id: href,
      label,
      note: "page",
      kind: "page",
      act: { kind: "go", href },
    }));
  const proposals = pullRequests.map((item): PaletteItem => ({
    id: `pull-request:${item.number}`,
    label: `#${item.number} ${item.title}`,
    note: `pull request, ${pullRequestWords[item.state].word}`,
    kind: "pull-request",
    number: item.number,
    glyph: "pull_request",
    act: { kind: "go", href: pathTo.pullRequest(item.number) },
  }));
  const drift = cases.map((item): PaletteItem => ({
    id: `case:${item.number}`,
    label: `Case ${item.number}: ${item.title}`,
    note: `drift of ${of(item, item.workspace)}, ${driftWord(item).word}`,
    kind: "case",
    number: item.number,
    about: of(item, item.workspace),
    glyph: driftWord(item).glyph,
    act: { kind: "go", href: pathTo.driftCase(item.number) },
  }));
  const history = runs.map((item): PaletteItem => ({
    id: `run:${item.number}`,
    label: `Run ${item.number} of ${of(item, item.workspace)}`,
    note: item.status === "running" ? runWord(item).word : `${item.kind}, ${runWord(item).word}`,
    kind: "run",
    number: item.number,
    glyph: runWord(item).glyph,
    act: { kind: "go", href: pathTo.run(item.number) },
  }));
  const offered = workspaces.flatMap((workspace) => itemsOf(workspace, of(workspace, workspace.name), me));
  return [...places, ...offered, ...proposals, ...drift, ...history];
}

/** How workspaces are named: with their repository where what is offered is of several, which may have one of that name each. */
function namesOf(items: readonly { repository: string }[]): (of: { repository: string }, name: string) => string {
  const several = new Set(items.map(({ repository }) => repository)).size > 1;
  return ({ repository }, name) => (several ? fullName({ repository, name }) : name);
}

function itemsOf(
  workspace: AnswerOf<"listWorkspaces">["items"][number],
  label: string,
  me: Me | undefined,
): PaletteItem[] {
  const { environment } = workspace;
  const name = fullName(workspace);
  const may = mayDo(me, "environment.operate", environment);
  return [
    {
      id: `workspace:${name}`,
      label,
      note: `workspace, ${workspaceWord(workspace).word}`,
      kind: "workspace",
      glyph: workspaceWord(workspace).glyph,
      act: { kind: "go", href: pathTo.workspace(workspace) },
    },
    {
      id: `check:${name}`,
      label: `Check drift of ${label}`,
      note: "action",
      kind: "action",
      ...(may ? {} : { why: `not allowed: only who may operate ${environment}` }),
      act: may ? { kind: "check-drift", workspace: name } : { kind: "none" },
    },
    {
      id: `audit:${name}`,
      label: `Audit of ${label}`,
      note: "page",
      kind: "action",
      act: { kind: "go", href: pathTo.audit({ workspace: workspace.name }) },
    },
    {
      id: `apply:${name}`,
      label: `Apply ${label}`,
      note: "action",
      kind: "action",
      why: "not allowed: applies come from merges only",
      act: { kind: "none" },
    },
  ];
}

/** So many are offered at once. */
const most = 12;

/**
 * The items that a query finds, at most 12: what it names by number first, then those that begin with it, then those that
 * hold every word. Without a query the newest pull requests, cases and runs stand before the pages.
 */
export function findItems(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const { words, kind, rest, number } = readQuery(query);
  const [first] = words;
  if (first === undefined) return fairly(newest(items));
  const isNamed = (item: PaletteItem) =>
    number !== undefined && item.number === number && (kind === undefined || kind === item.kind);
  const rank = (item: PaletteItem) => (isNamed(item) ? 0 : item.label.toLowerCase().startsWith(first) ? 1 : 2);
  const found = items.filter(
    (item) => isNamed(item) || holds(item, words) || (kind !== undefined && kind === item.kind && holds(item, rest)),
  );
  return fairly(found.toSorted((left, right) => rank(left) - rank(right)));
}

function holds({ label, about = "" }: PaletteItem, words: readonly string[]): boolean {
  const text = `${label} ${about}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What happened last, then pages. Nobody asked for the first workspaces, nor for what can be done with them. */
function newest(items: readonly PaletteItem[]): PaletteItem[] {
  return [
    ...items.filter(({ kind }) => kind === "pull-request" || kind === "case" || kind === "run"),
    ...items.filter(({ kind }) => kind === "page"),
  ];
}

/** At most 12 in their order, of each kind as many as of the others where there are too many. */
function fairly(found: readonly PaletteItem[]): PaletteItem[] {
  const counts = new Map<PaletteItem["kind"], number>();
  const placed = found.map((item) => {
    const place = counts.get(item.kind) ?? 0;
    counts.set(item.kind, place + 1);
    return { item, place };
  });
  const chosen = new Set(placed.toSorted((left, right) => left.place - right.place).slice(0, most));
  return placed.filter((one) => chosen.has(one)).map(({ item }) => item);
}
