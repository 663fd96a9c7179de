import { expect, test } from "vitest";
import { withClient, pathTo } from "./path-builder.ts";

test("addresses of all pages", () => {
  expect({
    overview: pathTo.overview(),
    login: pathTo.login("/runs/3?line=4"),
    pullRequests: pathTo.pullRequests({ status: "merged" }),
    pullRequest: pathTo.pullRequest(128, { tab: "plans", workspace: "database/prod" }),
    runs: pathTo.runs({ workspace: "database/prod" }),
    run: pathTo.run(1893, 50),
    drift: pathTo.drift(),
    driftCase: pathTo.driftCase(57),
    workspaces: pathTo.workspaces({ environment: "prod" }),
    workspace: pathTo.workspace("database/globex/prod eu"),
    workspaceOf: pathTo.workspace({ repository: "shop", name: "database/globex/prod eu" }, { tab: "runs" }),
    audit: pathTo.audit({ workspace: "database/prod", entry: 7 }),
    runners: pathTo.runners(),
    people: pathTo.people(),
    settings: pathTo.settings(),
  }).toMatchInlineSnapshot(`
    {
      "audit": "/audit?workspace=database%2Fprod&entry=7",
      "drift": "/drift",
      "driftCase": "/drift/57",
      "login": "/login?next=%2Fruns%2F3%3Fline%3D4",
      "overview": "/",
      "people": "/people",
      "pullRequest": "/pull-requests/128?tab=plans&workspace=database%2Fprod",
      "pullRequests": "/pull-requests?status=merged",
      "run": "/runs/1893?line=50",
      "runners": "/runners",
      "runs": "/runs?workspace=database%2Fprod",
      "settings": "/settings",
      "workspace": "/workspaces/database/globex/prod%20eu",
      "workspaceOf": "/workspaces/shop:database/globex/prod%20eu?tab=runs",
      "workspaces": "/workspaces?environment=prod",
    }
  `);
});

test("a client is carried along in the address, whatever else stands there", () => {
  expect(withClient("/", "globex")).toBe("/?client=globex");
  expect(withClient("/runs?client=globex&kind=apply", undefined)).toBe("/runs?kind=apply");
  expect(withClient("/runs?kind=apply&client=initech#last", "globex")).toBe("/runs?kind=apply&client=globex#last");
});
