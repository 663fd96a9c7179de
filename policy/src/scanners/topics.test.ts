import { describe, expect, it } from "vitest";
import { ruleIds } from "../rules/rule-ids.gen.ts";
import { categoryOf, severityOfCheck } from "./severity-of-check.ts";
import { topics, topicsOf } from "./topics.ts";

describe("the table of topics", () => {
  it("names rules that exist", () => {
    expect(topics.flatMap(({ rules }) => rules).filter((rule) => !ruleIds.has(rule))).toEqual([]);
  });

  it("holds each check under one topic", () => {
    const ids = topics.flatMap(({ checkov = [], trivy = [] }) => [...checkov, ...trivy]);
    expect(ids.filter((id, position) => ids.indexOf(id) !== position)).toEqual([]);
    expect(ids.every((id) => /^(?:CKV2?_(?:AWS|AZURE|GCP|K8S)_\d+|(?:AWS|AZU|GCP)-\d{4})$/.test(id))).toBe(true);
    expect(topicsOf({ rule: "CKV_AWS_17" }).map(({ rules }) => rules[0])).toEqual(["aws-rds-public"]);
    expect(topicsOf({ rule: "AWS-0180" })).toEqual(topicsOf({ rule: "CKV_AWS_17" }));
    expect(topicsOf({ rule: "CKV_AWS_999" })).toEqual([]);
  });
});

describe("the severity of a check", () => {
  it.each([
    ["CKV_AWS_41", undefined, "high"],
    ["CKV_AWS_145", undefined, "medium"],
    ["CKV_AWS_144", undefined, "low"],
    ["CKV_UNHEARD_1", undefined, "medium"],
    ["AWS-0001", "critical" as const, "critical"],
  ])("%s", (rule, severity, expected) => {
    expect(severityOfCheck({ rule, ...(severity ? { severity } : {}) })).toBe(expected);
  });

  it("goes by the category of the check's own group", () => {
    expect(categoryOf("CKV2_AWS_33")).toBe("APPLICATION_SECURITY");
    expect(categoryOf("CKV_AWS_33")).not.toBe("APPLICATION_SECURITY");
  });
});
