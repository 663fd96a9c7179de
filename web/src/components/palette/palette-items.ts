import type { AnswerOf } from "../../api/endpoints.ts";
import { mayDo, type Me } from "../../api/use-me.ts";
import type { GlyphName } from "../../ui/glyph.tsx";
import { pathTo } from "../../util/path-builder.ts";
import { navigation } from "../shell/navigation.ts";
import { pullRequestWords, workspaceWord } from "../state-words.ts";

/** Something the palette offers. `why` set: it is not allowed, and why. */
export interface PaletteItem {
  id: string;
  label: string;
  note: string;
  why?: string;
  /** What it is; pages have their arrow, actions their bolt. */
  glyph?: GlyphName;
  act: { kind: "go"; href: string } | { kind: "check-drift"; workspace: string } | { kind: "none" };
}

/** Places, objects and actions, in this order; a forbidden action says why. */
export function paletteItems(
  workspaces: AnswerOf<"listWorkspaces">["items"],
  pullRequests: AnswerOf<"listPullRequests">["items"],
  me: Me | undefined,
): PaletteItem[] {
  const places = navigation
    .flatMap(({ entries }) => entries)
    .concat(
      { label: "Parity of environments", href: pathTo.workspaces({ tab: "parity" }) },
      { label: "Dependencies of components", href: pathTo.workspaces({ tab: "graph" }) },
    )
    .map(({ label, href }): PaletteItem => ({ id: href, label, note: "page", act: { kind: "go", href } }));
  const proposals = pullRequests.map((item): PaletteItem => ({
    id: `pull-request:${item.number}`,
    label: `#${item.number} ${item.title}`,
    note: `pull request, ${pullRequestWords[item.state].word}`,
    glyph: "pull_request",
    act: { kind: "go", href: pathTo.pullRequest(item.number) },
  }));
  return [...places, ...workspaces.flatMap((workspace) => itemsOf(workspace, me)), ...proposals];
}

function itemsOf(workspace: AnswerOf<"listWorkspaces">["items"][number], me: Me | undefined): PaletteItem[] {
  const { name, environment } = workspace;
  const may = mayDo(me, "environment.operate", environment);
  return [
    {
      id: `workspace:${name}`,
      label: name,
      note: `workspace, ${workspaceWord(workspace).word}`,
      glyph: workspaceWord(workspace).glyph,
      act: { kind: "go", href: pathTo.workspace(name) },
    },
    {
      id: `check:${name}`,
      label: `Check drift of ${name}`,
      note: "action",
      ...(may ? {} : { why: `not allowed: only who may operate ${environment}` }),
      act: may ? { kind: "check-drift", workspace: name } : { kind: "none" },
    },
    {
      id: `audit:${name}`,
      label: `Audit of ${name}`,
      note: "page",
      act: { kind: "go", href: pathTo.audit({ workspace: name }) },
    },
    {
      id: `apply:${name}`,
      label: `Apply ${name}`,
      note: "action",
      why: "not allowed: applies come from merges only",
      act: { kind: "none" },
    },
  ];
}

/** The items that hold every word of the query, best (beginning with it) first; at most 12. */
export function findItems(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  const begins = (item: PaletteItem) =>
    words[0] !== undefined && item.label.toLowerCase().startsWith(words[0]) ? 0 : 1;
  return found.toSorted((left, right) => begins(left) - begins(right)).slice(0, 12);
}
