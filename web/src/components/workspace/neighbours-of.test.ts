import { expect, test } from "vitest";
import { neighboursOf } from "./neighbours-of.ts";

test("a workspace has neighbours in its repository and in others, each once", () => {
  const found = neighboursOf({
    dependsOn: ["network/prod"],
    dependents: ["shop/prod"],
    inputs: [
      { variable: "vpc_id", from: "network/prod.vpc_id" },
      { variable: "line", from: "backbone:line/prod.id" },
      { variable: "trunk", from: "backbone:line/prod.trunk" },
    ],
    outputsUsed: [
      { output: "url", workspace: "shop/prod" },
      { output: "url", workspace: "portal:desk/prod" },
    ],
  });
  expect(found).toEqual({
    upstream: ["backbone:line/prod", "network/prod"],
    downstream: ["shop/prod", "portal:desk/prod"],
  });
});
