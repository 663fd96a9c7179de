import {
  cancelRun,
  getRun,
  listPeople,
  listRepositories,
  listStateVersions,
  listWorkspaces,
  openPullRequest,
  problem,
  whoAmI,
} from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { workspaceSummary } from "../testing/workspace-summary.ts";

/** What plumb says is to be done next. */
async function nextOf(api: FakeApi, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { stderr } = await plumb([...args, "--json"], {
    env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t", ...env },
  });
  return String(JSON.parse(stderr).next);
}

test("of a name that is not there, the one that was meant is proposed", async () => {
  await using api = await startFakeApi();
  api.answer(listStateVersions, () => {
    throw problem("not_found", "There is no workspace.");
  });
  api.answer(listWorkspaces, () => ({
    items: [workspaceSummary("shop/prod"), workspaceSummary("database/dev")],
    cursor: null,
    total: 2,
    inSync: 2,
  }));
  expect(await nextOf(api, ["state", "list", "shop/prdo"])).toBe(
    "Did you mean shop/prod? plumb workspaces list shows those there are.",
  );
  expect(await nextOf(api, ["state", "list", "nothing/like/it"])).toBe("plumb workspaces list shows those there are.");
  // The name is right: what is not there is something else.
  expect(await nextOf(api, ["state", "list", "shop/prod"])).toBe("Check the name and the organization.");
});

test("of several names the wrong one is found, and of a number it is said where all stand", async () => {
  await using api = await startFakeApi();
  const gone = () => {
    throw problem("not_found", "There is no such thing.");
  };
  api.answer(openPullRequest, gone);
  api.answer(getRun, gone);
  api.answer(listRepositories, () => ({ items: [] }));
  api.answer(listWorkspaces, () => ({ items: [workspaceSummary("shop/prod")], cursor: null, total: 1, inSync: 1 }));
  const open = ["prs", "open", "shop/prod", "shop/prd", "--repository", "r"];
  expect(await nextOf(api, open)).toContain("plumb repositories list");
  expect(await nextOf(api, ["runs", "show", "9"])).toBe("plumb runs list shows those there are.");
});

test("where the names cannot be had, it is said where they stand", async () => {
  await using api = await startFakeApi();
  api.answer(listStateVersions, () => {
    throw problem("not_found", "There is no workspace.");
  });
  expect(await nextOf(api, ["state", "list", "a/b"])).toBe("plumb workspaces list shows those there are.");
});

test("who may not is told which roles may; whose token is too narrow, how to make another one", async () => {
  await using api = await startFakeApi();
  const refuse = (data: Record<string, unknown>) =>
    api.answer(listPeople, () => {
      throw problem("not_allowed", "You may not.", { data });
    });
  refuse({ right: "audit.read" });
  expect(await nextOf(api, ["people", "list"])).toContain(
    "Roles with this right: auditor, administrator. plumb people",
  );
  refuse({ right: "environment.approve", environment: "prod" });
  expect(await nextOf(api, ["people", "list"])).toContain("approver (all environments, or prod)");
  refuse({ right: "environment.approve", scopes: ["read"] });
  expect(await nextOf(api, ["people", "list"])).toContain("plumb tokens create NAME --token-file FILE --scope approve");
  refuse({ right: "people.administer", scopes: ["read"] });
  expect(await nextOf(api, ["people", "list"])).toContain("--scope all");
  refuse({});
  expect(await nextOf(api, ["people", "list"])).toBe("Ask somebody who has the right named in the message.");
});

test("a token that is not valid any more: where it comes from decides what to do", async () => {
  await using api = await startFakeApi();
  api.answer(whoAmI, () => {
    throw problem("not_signed_in", "It is not valid any more.");
  });
  expect(await nextOf(api, ["whoami"])).toBe(
    `PLUMBLINE_TOKEN holds a token that is expired, revoked or of another server: set another, or unset it and run plumb login ${api.url}.`,
  );
});

test("what cannot be done in a status: where it is shown", async () => {
  await using api = await startFakeApi();
  api.answer(cancelRun, () => {
    throw problem("wrong_status", "Run 12 has ended.");
  });
  expect(await nextOf(api, ["runs", "cancel", "12"])).toBe("plumb runs show 12 says how it stands.");
  api.answer(cancelRun, () => {
    throw problem("wrong_status", "Run 12 has ended.", { next: "Start another." });
  });
  expect(await nextOf(api, ["runs", "cancel", "12"])).toBe("Start another.");
});
