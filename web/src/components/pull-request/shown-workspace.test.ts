import { expect, test } from "vitest";
import { pullRequest } from "../../testing/fixtures/pull-requests.ts";
import { checksOf } from "./checks.ts";
import { shownWorkspace } from "./shown-workspace.ts";

test("the selected workspace, else the one that blocks, else the first with a plan", () => {
  const { affected } = pullRequest;
  expect(shownWorkspace(affected, "shop/dev")?.workspace).toBe("shop/dev");
  expect(shownWorkspace(affected, undefined)?.workspace).toBe("database/prod");
  expect(shownWorkspace(affected, "gone")?.workspace).toBe("database/prod");
  const mended = affected.map((item) => ({ ...item, blocking: 0 }));
  expect(shownWorkspace(mended, undefined)?.workspace).toBe("database/dev");
  expect(shownWorkspace([], undefined)).toBeUndefined();
});

test("mistakes in configuration files and conflicts are failed checks with their place", () => {
  const [newest] = pullRequest.patchSets;
  if (newest === undefined) throw new Error("the fixture has a patch set");
  const problem = {
    message: "unknown component “databse”",
    file: "plumbline.yaml",
    line: 23,
    column: 5,
    proposal: "Did you mean database?",
  };
  const checks = checksOf({ ...pullRequest, patchSets: [{ ...newest, conflicts: ["a.tf"], problems: [problem] }] });
  expect(checks[0]).toMatchObject({ title: "Merges with main", glyph: "failed", place: "a.tf" });
  expect(checks[1]).toMatchObject({ title: problem.message, place: "plumbline.yaml:23", glyph: "failed" });
  expect(checks.filter(({ glyph }) => glyph === "failed")).toHaveLength(3);
});
