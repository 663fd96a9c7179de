import { getControlReport, listControlCatalogues } from "@plumbline/contract";
import type { ControlReport, ControlState } from "@plumbline/contract";
import { contains, holds } from "../stories/story.ts";
import type { AwsWorld } from "./aws-world.ts";

/** What of the example passes, fails, or is not in its code, by the numbers of the two editions. */
const expected: { control: string; newer: string; state: ControlState; address?: string }[] = [
  { control: "2.2.1", newer: "3.2.1", state: "pass" },
  { control: "2.2.2", newer: "3.2.2", state: "pass" },
  { control: "2.2.3", newer: "3.2.3", state: "pass" },
  { control: "2.2.4", newer: "3.2.4", state: "fail", address: "aws_db_instance.orders" },
  { control: "3.7", newer: "4.7", state: "fail", address: "aws_vpc.this" },
  { control: "5.3", newer: "6.3", state: "pass" },
  { control: "5.5", newer: "6.5", state: "fail", address: "aws_vpc.this" },
  { control: "2.1.4", newer: "3.1.4", state: "not-in-code" },
  { control: "2.1.3", newer: "3.1.3", state: "not-in-code" },
];

/** The report as JSON, CSV and page says of the applied example what is true. */
export async function controlsAreJudged(
  aws: AwsWorld,
  { workspace, environment }: { workspace: string; environment: string },
): Promise<void> {
  const auditor = aws.as("auditor");
  for (const [edition, catalogue] of (["control", "newer"] as const).map(
    (name, index) => [name, ["cis-aws-5.0", "cis-aws-7.0"][index] ?? ""] as const,
  )) {
    const report = await auditor.call(getControlReport, { params: { catalogue }, query: { environment } });
    for (const one of expected) hasState(report, { ...one, id: one[edition] }, { workspace, environment });
  }
  const { items } = await auditor.call(listControlCatalogues, {});
  const counts = items.find(({ slug }) => slug === "cis-aws-5.0")?.environments[environment];
  holds(counts !== undefined && counts.pass >= 4 && counts.fail >= 3, `they are counted: ${JSON.stringify(counts)}`);
  const csv = await auditor.text("/api/v1/control-catalogues/cis-aws-5.0/report/csv");
  contains(
    csv,
    `2.2.4,Databases stand in more than one zone,low,${environment},fail`,
    `${workspace} aws_db_instance.orders fail`,
  );
  const page = await auditor.text("/api/v1/control-catalogues/cis-aws-5.0/report/html");
  contains(page, "<h1>CIS AWS Foundations 5.0</h1>", `<code>aws_db_instance.orders</code>`, "not in code");
}

function hasState(
  report: ControlReport,
  { id, state, address }: { id: string; state: ControlState; address?: string },
  { workspace, environment }: { workspace: string; environment: string },
): void {
  const standing = report.controls.find((control) => control.id === id)?.environments[environment];
  holds(standing?.state === state, `${report.title} ${id} is ${state}: ${JSON.stringify(standing)}`);
  if (address !== undefined)
    holds(
      standing.evidence.some((one) => one.workspace === workspace && one.address === address && one.state === state),
      `${report.title} ${id} rests on ${address}: ${JSON.stringify(standing.evidence)}`,
    );
}
