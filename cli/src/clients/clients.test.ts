import { exportEnvironmentReport, getEnvironmentReport, getScope, listClients } from "@plumbline/contract";
import type { EnvironmentReport, EnvironmentScope } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

const at = "2026-11-10T07:00:00.000Z";
const part = (more: Partial<EnvironmentScope["parts"][number]>): EnvironmentScope["parts"][number] => ({
  category: "network",
  state: "missing",
  resources: 0,
  types: [],
  workspaces: [],
  reason: null,
  file: null,
  line: null,
  ...more,
});
const scope: EnvironmentScope = {
  environment: "globex/prod",
  client: "globex",
  repositories: ["shop"],
  owners: ["@ada"],
  ownerFrom: { file: "CODEOWNERS", line: 2 },
  codified: 1,
  missing: 1,
  parts: [
    part({ state: "codified", resources: 3, types: [{ type: "aws_subnet", count: 3 }] }),
    part({ category: "backup" }),
    part({ category: "accounts", state: "not-needed", reason: "the landing zone makes them" }),
  ],
  others: [],
};

test("clients stand with how their environments are", async () => {
  await using api = await startFakeApi();
  api.answer(listClients, () => ({
    items: [
      {
        name: "globex",
        environments: [{ name: "globex/prod", workspaces: 4, inSync: 3, worst: "high" as const }],
        workspaces: 4,
        inSync: 3,
        driftCases: 1,
        missing: 7,
      },
    ],
  }));
  const { stdout } = await plumb(["clients", "list"], { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });
  expect(stdout).toMatch(/globex +globex\/prod +3 of 4 +1 +7/);
});

test("what is code, what is missing and whose it is", async () => {
  await using api = await startFakeApi();
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  api.answer(getScope, ({ query }) => {
    expect(query.environments).toBe("globex/*");
    return { items: [scope] };
  });
  const { stdout } = await plumb(["scope", "--environments", "globex/*"], { env });
  expect(stdout).toMatch(/globex\/prod +Network +code +3 aws_subnet/);
  expect(stdout).toMatch(/Backup and retention +missing +@ada/);
  expect(stdout).toMatch(/Accounts +not needed +the landing zone makes them/);
  const missing = await plumb(["scope", "--environments", "globex/*", "--missing"], { env });
  expect(missing.stdout).not.toContain("Network");
});

test("a report is told, or passed on in a format for others", async () => {
  await using api = await startFakeApi();
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const report: EnvironmentReport = {
    organization: "acme",
    pattern: "globex/*",
    client: "globex",
    environments: ["globex/prod"],
    from: "2026-10-11T00:00:00.000Z",
    to: at,
    writtenAt: at,
    workspaces: 4,
    inSync: 3,
    changes: [
      {
        number: 12,
        title: "Another name",
        purpose: "change",
        state: "applied",
        ticket: null,
        openedBy: null,
        mergedBy: null,
        mergedAt: at,
        environments: ["globex/prod"],
        workspaces: [],
        approvals: [{ person: { name: "ada", displayName: "Ada" }, meaning: "read", at }],
      },
    ],
    changesLeftOut: 0,
    drift: [],
    findings: [],
    waivers: [],
    controls: [],
    scope: [scope],
  };
  api.answer(getEnvironmentReport, ({ query }) => {
    expect(query).toMatchObject({ environments: "globex/*", from: "2026-10-11" });
    return report;
  });
  const { stdout } = await plumb(["report", "globex/*", "--from", "2026-10-11"], { env });
  expect(stdout).toMatch(/#12 +Another name .* ada +applied/);
  expect(stdout).toContain("No drift was found.");
  api.answer(exportEnvironmentReport, () => "section,environment\r\n");
  expect((await plumb(["report", "globex/*", "--format", "csv"], { env })).stdout).toBe("section,environment\r\n");
});
