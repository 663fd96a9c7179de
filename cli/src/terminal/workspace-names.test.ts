import { listDriftCases, listRuns, listWorkspaces } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { driftCase, runSummary } from "../testing/fixtures.ts";
import { workspaceSummary } from "../testing/workspace-summary.ts";

test("lists over several repositories tell two workspaces of one name apart; within one they stay short", async () => {
  await using api = await startFakeApi();
  let repositories = ["shop", "tools"];
  const of = <Row>(make: (repository: string) => Row) => ({ items: repositories.map(make), cursor: null });
  api.answer(listWorkspaces, () => ({
    ...of((repository) => ({ ...workspaceSummary("main/dev"), repository })),
    total: 2,
    inSync: 2,
  }));
  api.answer(listRuns, () => of((repository) => runSummary({ workspace: "main/dev", repository })));
  api.answer(listDriftCases, () => of((repository) => driftCase({ workspace: "main/dev", repository })));
  const named = async (...args: string[]) => {
    const { stdout } = await plumb(args, { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });
    return stdout.match(/\S*main\/dev/g);
  };
  const lists = [
    ["workspaces", "list"],
    ["runs", "list"],
    ["drift", "list"],
  ];
  for (const list of lists) expect(await named(...list)).toEqual(["shop:main/dev", "tools:main/dev"]);
  repositories = ["shop", "shop"];
  for (const list of lists) expect(await named(...list)).toEqual(["main/dev", "main/dev"]);
});
