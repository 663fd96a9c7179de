import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultPolicyConfiguration } from "@plumbline/policy/configuration/policy-configuration";
import { judgePlan } from "@plumbline/policy/judging/judge-plan";
import { quantile } from "../figure.ts";
import type { Figure } from "../figure.ts";
import { largePlan } from "./large-plan.ts";
import { measure, plumb } from "./measured-process.ts";

const count = 5_000;
const seed = 20_261_122;
const rounds = 5;

/** What judging a large plan by all rules costs a process that has just started. */
export const engineFigure: Figure = {
  id: "policy-plan",
  title: `plumb scan of a plan of ${count} resources by all rules, cold process, CPU`,
  unit: "s",
  target: 1.5,
  better: "lower",
  async measure(say) {
    const folder = mkdtempSync(join(tmpdir(), "plumb-bench-"));
    try {
      const { plan, resources } = largePlan(count, seed);
      const text = JSON.stringify(plan);
      writeFileSync(join(folder, "plan.json"), text);
      say(`scanning a plan of ${resources} resources, ${(text.length / 1e6).toFixed(0)} MB`);
      const scan = () => measure(folder, plumb, ["scan", "plan.json", "--format", "json"]);
      const first = scan();
      const used = Array.from({ length: rounds }, scan);
      const warm = await warmTimes(text);
      const findings = JSON.parse(first.output).counts;
      return {
        value: quantile(
          used.map(({ seconds }) => seconds),
          0.5,
        ),
        demands: [
          { says: "at most 300 MB", holds: used.every(({ megabytes }) => megabytes <= 300) },
          { says: "at most 150 ms of CPU in a process that has judged before", holds: quantile(warm, 0.5) <= 150 },
          { says: "it found what is wrong", holds: first.status === 1 && findings.critical > 100 },
        ],
        notes: [
          `most memory ${Math.max(...used.map(({ megabytes }) => megabytes)).toFixed(0)} MB; the very first start, which compiles, ${first.seconds.toFixed(2)} s`,
          `warm ${quantile(warm, 0.5).toFixed(0)} ms of CPU (medians of ${rounds})`,
          `findings: ${JSON.stringify(findings)}`,
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** CPU of judging again in one process, in milliseconds; that the plan was read is not counted. */
async function warmTimes(text: string): Promise<number[]> {
  const planJson: unknown = JSON.parse(text);
  const times: number[] = [];
  for (let round = 0; round < rounds + 3; round++) {
    const start = process.cpuUsage();
    await judgePlan({
      planJson,
      files: new Map(),
      componentPath: ".",
      environment: "prod",
      layer: "shared",
      environments: [],
      policyConfiguration: defaultPolicyConfiguration,
    });
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return times.slice(3);
}
