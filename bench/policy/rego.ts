import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOpa } from "@plumbline/policy/rego/find-opa";
import { judgeByRego } from "@plumbline/policy/rego/judge-by-rego";
import { resourcesOfPlan } from "@plumbline/policy/resources/from-plan";
import { quantile } from "../figure.ts";
import type { Figure } from "../figure.ts";

const resources = 500;
const rules = 100;
const rounds = 9;

/** What a repository's own policies cost in a check: everything from their texts to findings, OPA's start included. */
export const regoFigure: Figure = {
  id: "policy-rego",
  title: `${resources} resources by ${rules} Rego rules in OPA, all in`,
  unit: "ms",
  target: 300,
  better: "lower",
  async measure(say) {
    const opa = await findOpa();
    if (opa === undefined) throw new Error("there is no OPA: install the optional package, or put opa on PATH");
    const directory = mkdtempSync(join(tmpdir(), "plumb-bench-"));
    try {
      const plan = planOfBuckets();
      const files = policies();
      say(`evaluating ${files.size} files by ${opa}`);
      const times: number[] = [];
      let findings = 0;
      for (let round = 0; round <= rounds; round++) {
        const started = performance.now();
        const subject = { plan, resources: resourcesOfPlan(plan), timeoutMs: 10_000 };
        const result = await judgeByRego({ opa, files, directory }, subject);
        if (round > 0) times.push(performance.now() - started);
        findings = result.failures.length > 0 ? -1 : result.findings.length;
      }
      const planted = (resources / 50) * rules;
      return {
        value: quantile(times, 0.5),
        demands: [{ says: `it found the ${planted} planted ones`, holds: findings === planted }],
        notes: [
          `half of the rules look at one resource, half at the plan; slowest ${quantile(times, 1).toFixed(0)} ms of ${rounds}`,
        ],
      };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

function planOfBuckets(): object {
  return {
    format_version: "1.2",
    resource_changes: Array.from({ length: resources }, (_, index) => ({
      address: `aws_s3_bucket.b${index}`,
      mode: "managed",
      type: "aws_s3_bucket",
      name: `b${index}`,
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        actions: ["create"],
        before: null,
        after: {
          bucket: `data-${index}`,
          acl: index % 50 === 0 ? "public-read" : "private",
          tags: { owner: "shop", area: String(index) },
          versioning: [{ enabled: index % 2 === 0 }],
        },
        after_unknown: { id: true },
      },
    })),
  };
}

function policies(): Map<string, string> {
  return new Map(
    Array.from({ length: rules }, (_, index) => [
      `policies/p${index}.rego`,
      index % 2 === 0 ? onResource(index) : onPlan(index),
    ]),
  );
}

function onResource(index: number): string {
  return `deny[msg] {
  input.resource_type == "aws_s3_bucket"
  input.planned_values.acl == "public-read"
  input.planned_values.tags.owner != "nobody-${index}"
  msg := "no public buckets (${index})"
}
`;
}

function onPlan(index: number): string {
  return `package main

import rego.v1

deny_p${index} contains msg if {
	some change in input.resource_changes
	change.type == "aws_s3_bucket"
	change.change.after.acl == "public-read"
	msg := sprintf("%s: no public buckets (${index})", [change.address])
}
`;
}
