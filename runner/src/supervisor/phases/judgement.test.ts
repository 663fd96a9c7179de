import { expect, it } from "vitest";
import { readJudgement } from "./judgement.ts";

it("takes failures as they are printed and everything else for a failure", () => {
  const judged = { rules: 1, resources: 2, policies: 0 };
  const failure = { code: "policy_unjudged", detail: "broken", places: [{ file: "p.rego", line: 3 }] };
  expect(readJudgement(JSON.stringify({ findings: [], judged, failures: [failure] }))).toEqual({
    findings: [],
    judged,
    failures: [{ message: "broken", file: "p.rego", line: 3 }],
  });
  for (const text of ["", "null", "{}", '{"findings":[],"judged":{},"failures":[1]}'])
    expect(readJudgement(text).failures).toHaveLength(1);
});
