import { expect, it } from "vitest";
import { judgePlan } from "./judging/judge-plan.ts";
import { catalogue } from "./rules/catalogue.ts";
import { lintRules } from "./lint/lint-rules.ts";
import { commonRules } from "./rules/common/common-rules.ts";
import { warmRequest } from "./warm-request.ts";

it("has the checks load every rule, place what they find, and judge all of it", async () => {
  const { environmentValues: _, rego: _rego, organizationRego: _organization, texts: _texts, ...request } = warmRequest;
  const judgement = await judgePlan({ ...request, files: new Map(Object.entries(warmRequest.files)) });
  expect(judgement.failures).toEqual([]);
  expect(judgement.judged.rules).toBeGreaterThanOrEqual(catalogue.length - commonRules.length);
  expect(judgement.judged.rules).toBeGreaterThan(Object.keys(lintRules).length);
  expect(judgement.findings.some(({ place }) => place !== undefined)).toBe(true);
});
