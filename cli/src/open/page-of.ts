import { workspacePath } from "@plumbline/contract/configuration/workspaces";
import { UsageFault } from "../command/faults.ts";

const pages: Record<string, string> = {
  overview: "/",
  "pull-requests": "/pull-requests",
  prs: "/pull-requests",
  runs: "/runs",
  workspaces: "/workspaces",
  drift: "/drift",
  clients: "/clients",
  policy: "/policy",
  rules: "/policy",
  audit: "/audit",
  runners: "/runners",
  people: "/people",
  settings: "/settings",
  docs: "/docs",
};

const numbered: Record<string, string> = {
  pr: "/pull-requests/",
  prs: "/pull-requests/",
  "pull-request": "/pull-requests/",
  run: "/runs/",
  runs: "/runs/",
  case: "/drift/",
  drift: "/drift/",
  "drift-case": "/drift/",
};

/** Names of pages that hold more than one thing. */
export const pageNames: readonly string[] = Object.keys(pages);

/** The path of the page for what a person writes: `128`, `run 1893`, `run/1893`, `database/prod`, `settings`. */
export function pageOf(words: readonly string[]): string {
  const [first = "overview", second, ...rest] = words.length === 1 ? splitNumbered(words[0] ?? "") : words;
  if (rest.length > 0) throw unknown(words);
  if (second !== undefined) {
    const path = Object.hasOwn(numbered, first) ? numbered[first] : undefined;
    const number = numberOf(second);
    if ((first === "workspace" || first === "workspaces") && second.includes("/")) return workspacePath(second);
    if (path === undefined || number === undefined) throw unknown(words);
    return path + number;
  }
  const number = numberOf(first);
  if (number !== undefined) return `/pull-requests/${number}`;
  const page = Object.hasOwn(pages, first) ? pages[first] : undefined;
  if (page !== undefined) return page;
  if (/^[^/\s]+\/[^\s]+$/.test(first)) return workspacePath(first);
  throw unknown(words);
}

function splitNumbered(word: string): string[] {
  const [, kind, number] = /^([a-z-]+)[/#](\d+)$/.exec(word) ?? [];
  return kind !== undefined && number !== undefined && Object.hasOwn(numbered, kind) ? [kind, number] : [word];
}

function numberOf(word: string): string | undefined {
  return /^#?([1-9]\d{0,8})$/.exec(word)?.[1];
}

function unknown(words: readonly string[]): UsageFault {
  return new UsageFault(
    `There is no page for “${words.join(" ")}”.`,
    `Write 128, run 1893, case 57, database/prod, or one of ${pageNames.join(", ")}.`,
  );
}
