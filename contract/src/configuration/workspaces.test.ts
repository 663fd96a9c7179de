import { expect, it } from "vitest";
import { parseWorkspaceName, workspaceName } from "./workspaces.ts";

it("a workspace's name is read back", () => {
  expect(parseWorkspaceName(workspaceName("network", "globex/prod"))).toEqual({
    component: "network",
    environment: "globex/prod",
  });
  expect(parseWorkspaceName("network")).toBeUndefined();
});
