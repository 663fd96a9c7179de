import { expect, test } from "vitest";
import { planOf } from "../testing/plans.ts";
import { scan } from "./scan.ts";

const group = {
  address: "aws_security_group.a",
  after: { name: "a", description: "d", vpc_id: "v" },
  unknown: { ingress: true, egress: true },
};

test("a group without rules of its own is told once where there are no sources, by the most severe rule", async () => {
  const { findings } = await scan({ path: "plan.json", kind: "plan", plan: planOf([group]), files: new Map() });
  const unknown = findings.filter(({ outcome, address }) => outcome === "unknown" && address === group.address);
  expect(unknown.map(({ attribute, severity }) => [attribute, severity])).toEqual([["ingress", "critical"]]);
});

test("what fails is told, all of it, however much beside it is not known", async () => {
  const open = { from_port: 22, to_port: 22, protocol: "tcp", cidr_blocks: ["0.0.0.0/0"] };
  const world = { ...open, from_port: 0, to_port: 65535 };
  const after = { ...group.after, ingress: [open, world] };
  const plan = planOf([{ address: group.address, after, unknown: { egress: true } }]);
  const { findings } = await scan({ path: "plan.json", kind: "plan", plan, files: new Map() });
  expect(findings.filter(({ outcome }) => outcome === "fail").map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(["aws-sg-world-open-administration", "aws-sg-world-open-everything"]),
  );
});
