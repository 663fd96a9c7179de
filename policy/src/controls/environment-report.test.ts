import type { Finding } from "@plumbline/contract/findings";
import { describe, expect, it } from "vitest";
import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { present } from "../vocabulary/condition.ts";
import { accountOf } from "./account.ts";
import { extractApplied } from "./applied-extract.ts";
import { catalogueEditions } from "./control-catalogue.ts";
import type { Control } from "./control.ts";
import { environmentReport } from "./environment-report.ts";
import type { AppliedWorkspace } from "./environment-report.ts";

function resource(address: string, values: Record<string, Json>): Resource {
  const [type = "", name = ""] = address.split(".");
  return { address, moduleAddress: "", type, name, provider: "aws", values, unknown: {} };
}
const arn = (account: string, what: string) => `arn:aws:rds:eu-west-1:${account}:${what}`;

function finding(rule: string, address: string): Finding {
  return {
    fingerprint: `${rule} ${address}`,
    rule,
    severity: "high",
    category: "encryption",
    title: "t",
    why: "w",
    fix: "f",
    outcome: "fail",
    address,
    chain: [],
    source: "plumbline",
    controls: [],
  };
}

const encrypted: Control = {
  catalogue: "CIS AWS 5.0",
  id: "2.2.1",
  also: [{ catalogue: "CIS AWS 7.0", id: "3.2.1" }],
  title: "Databases are encrypted",
  scope: "resource",
  severity: "high",
  rules: ["aws-rds-storage-encrypted"],
};
const trail: Control = {
  catalogue: "CIS AWS 5.0",
  id: "3.1",
  also: [],
  title: "A trail exists",
  scope: "account",
  severity: "medium",
  rules: [],
  exists: { resourceTypes: ["aws_cloudtrail"], where: present("name") },
};
const rules = [{ id: "aws-rds-storage-encrypted", resourceTypes: ["aws_db_instance"] }];

function workspace(name: string, more: Partial<AppliedWorkspace> = {}): AppliedWorkspace {
  const environment = name.split("/")[1] ?? "";
  const { accounts, types } = extractApplied(more.resources ?? [], new Set());
  return { name, environment, accounts, types, resources: [], findings: [], waived: new Set(), ...more };
}

function report(controls: readonly Control[], workspaces: readonly AppliedWorkspace[]) {
  return new Map(
    workspaces.map(({ environment }) => [
      environment,
      environmentReport(controls, "aws", environment, workspaces, rules),
    ]),
  );
}

function states(workspaces: AppliedWorkspace[]): Record<string, string[]> {
  return Object.fromEntries(
    [...report([encrypted, trail], workspaces)].map(([name, standings]) => [name, standings.map(({ state }) => state)]),
  );
}

const databases = (account: string) => [
  resource("aws_db_instance.a", { arn: arn(account, "db:a") }),
  resource("aws_db_instance.b", { arn: arn(account, "db:b") }),
];
const logs = resource("aws_cloudtrail.main", {
  arn: "arn:aws:cloudtrail:eu-west-1:111111111111:trail/main",
  name: "main",
});

describe("controls by environment", () => {
  it("counts what passes, and names what does not", () => {
    const database = workspace("database/prod", {
      resources: databases("111111111111"),
      findings: [finding("aws-rds-storage-encrypted", "aws_db_instance.b")],
    });
    const [standing] = report([encrypted], [database]).get("prod") ?? [];
    expect(standing).toMatchObject({
      state: "fail",
      passing: 1,
      evidence: [{ workspace: "database/prod", address: "aws_db_instance.b", state: "fail" }],
    });
  });

  it("finds what has to exist in another environment of the same account, and not of another one", () => {
    const shared = workspace("logs/shared", { resources: [logs] });
    expect(
      states([
        workspace("database/prod", { resources: databases("111111111111") }),
        workspace("database/dev", { resources: databases("222222222222") }),
        shared,
      ]),
    ).toEqual({ prod: ["pass", "pass"], dev: ["pass", "fail"], shared: ["not-in-code", "pass"] });
  });

  it("says nothing about a cloud that an environment does not use", () => {
    expect(states([workspace("shop/dev", { resources: [resource("lab_bucket.a", {})] })])).toEqual({
      dev: ["not-in-code", "not-in-code"],
    });
  });

  it("tells waived from failed", () => {
    const one = finding("aws-rds-storage-encrypted", "aws_db_instance.b");
    const resources = [...databases("111111111111"), logs];
    expect(
      states([workspace("database/prod", { resources, findings: [one], waived: new Set([one.fingerprint]) })]),
    ).toEqual({ prod: ["waived", "pass"] });
  });
});

describe("accounts", () => {
  it("are told by ids of what is in them", () => {
    expect(accountOf(databases("111111111111"), "aws")).toBe("111111111111");
    expect(accountOf([resource("aws_s3_bucket.a", { arn: "arn:aws:s3:::a" })], "aws")).toBeUndefined();
    const subscription = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const id = `/subscriptions/${subscription.toUpperCase()}/resourceGroups/a`;
    expect(accountOf([resource("azurerm_resource_group.a", { id })], "azurerm")).toBe(subscription);
    expect(accountOf([resource("google_storage_bucket.a", { project: "shop-prod" })], "google")).toBe("shop-prod");
  });
});

it("a catalogue has its controls in order, by the number they have in that edition", () => {
  const [five, seven] = catalogueEditions([trail, encrypted], "aws", { "CIS AWS 5.0": "Five", "CIS AWS 7.0": "Seven" });
  expect(five).toMatchObject({ slug: "cis-aws-5.0", controls: [{ id: "2.2.1" }, { id: "3.1" }] });
  expect(seven).toMatchObject({ slug: "cis-aws-7.0", controls: [{ id: "3.2.1" }] });
});
