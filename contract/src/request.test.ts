import { expect, test } from "vitest";
import { approvePullRequest, getWorkspace, listRuns } from "./index.ts";
import { buildRequest } from "./request.ts";

test("parameters are encoded into the path", () => {
  expect(buildRequest(getWorkspace, { params: { workspace: "globex/prod?/x" } }).path).toBe(
    "/api/v1/workspaces/globex%2Fprod%3F%2Fx",
  );
});

test("undefined query values are left out", () => {
  expect(buildRequest(listRuns, { query: { workspace: "network/dev", kind: undefined } }).path).toBe(
    "/api/v1/runs?workspace=network%2Fdev",
  );
});

test("the body is JSON", () => {
  const request = buildRequest(approvePullRequest, { params: { number: 3 }, body: { meaning: "ok", digests: [] } });
  expect(request).toEqual({
    method: "POST",
    path: "/api/v1/pull-requests/3/approvals",
    body: '{"meaning":"ok","digests":[]}',
  });
});
