import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "../../api/call.ts";
import { foundWorkspacesQuery } from "../../api/queries/workspaces.ts";
import type { PaletteObjects } from "./palette-items.ts";
import { readQuery, workspaceSearch } from "./palette-query.ts";

/** So many of each kind are asked for. */
const most = 8;
/** A pause in typing, in milliseconds: the server is not asked for every letter. */
const pause = 120;

/**
 * What the server finds for the text, the newest first: there may be tens of thousands of workspaces and runs. Without a
 * text it is what happened last.
 */
export function useFound(text: string): PaletteObjects {
  const typed = useAfterPause(text);
  const { kind, rest } = readQuery(typed);
  const query = { search: rest.join(" "), limit: most };
  const found = <Kind extends keyof PaletteObjects>(
    id: Kind,
    load: (signal: AbortSignal) => Promise<{ items: PaletteObjects[Kind] }>,
    wanted: boolean,
  ) => ({
    queryKey: ["palette", id, query],
    queryFn: ({ signal }: { signal: AbortSignal }) => load(signal),
    enabled: wanted,
    placeholderData: keepPreviousData,
  });
  const pullRequests = useQuery(
    found(
      "pullRequests",
      (signal) => call("listPullRequests", { query }, signal),
      kind === undefined || kind === "pull-request",
    ),
  );
  const cases = useQuery(
    found("cases", (signal) => call("listDriftCases", { query }, signal), kind === undefined || kind === "case"),
  );
  // Before anything is typed drift checks, which go on all the time, would hide what was applied.
  const runQuery = typed.trim() === "" ? { ...query, kind: "apply" as const } : query;
  const runs = useQuery(
    found("runs", (signal) => call("listRuns", { query: runQuery }, signal), kind === undefined || kind === "run"),
  );
  const workspaces = useQuery(foundWorkspacesQuery({ search: workspaceSearch(typed), limit: 12 }));
  return {
    workspaces: workspaces.data?.items ?? [],
    pullRequests: pullRequests.data?.items ?? [],
    cases: cases.data?.items ?? [],
    runs: runs.data?.items ?? [],
  };
}

/** The text as it was when typing last paused. */
function useAfterPause(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
