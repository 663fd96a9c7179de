import { expect, test } from "vitest";
import { regoRequests } from "./rego-requests.ts";

const check = {
  environment: "dev",
  layer: "shared",
  environments: ["dev"],
  policyConfiguration: null,
  rego: [],
  values: [],
  secretsKey: "k",
};
const file = { path: "policies/a.rego", text: "package a" };
const tested = { path: "policies/a_test.rego", text: "package a" };

test("the organization's policies are asked apart from the repository's, under the name of their repository", () => {
  expect(regoRequests(check, "/opa")).toEqual({});
  expect(
    regoRequests(
      {
        ...check,
        rego: [file],
        organization: { repository: "rules", policyConfiguration: null, rego: [file], regoTests: [tested] },
      },
      "/opa",
    ),
  ).toEqual({
    rego: { opa: "/opa", files: { "policies/a.rego": "package a" }, directory: "/tmp" },
    organizationRego: {
      opa: "/opa",
      root: "rules:policies",
      files: { "rules:policies/a.rego": "package a" },
      tests: { "rules:policies/a_test.rego": "package a" },
      directory: "/tmp",
    },
  });
});
