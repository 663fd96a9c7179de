import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { judgeResources } from "../judging/judge-resources.ts";
import { awsRules } from "../rules/aws/aws-rules.ts";
import { resourcesOfPlan } from "./from-plan.ts";
import type { JsonObject } from "./json.ts";

/** A queue policy from a document that waits for the queue's name. */
function planWith(statement: JsonObject, unknown: JsonObject, more: JsonObject = {}): JsonObject {
  const name = "data.aws_iam_policy_document.orders";
  return {
    format_version: "1.2",
    resource_changes: [
      {
        address: name,
        mode: "data",
        type: "aws_iam_policy_document",
        name: "orders",
        change: {
          actions: ["read"],
          after: { statement: [statement], ...more },
          after_unknown: { id: true, json: true, statement: [unknown] },
        },
      },
      {
        address: "aws_sqs_queue_policy.orders",
        mode: "managed",
        type: "aws_sqs_queue_policy",
        name: "orders",
        change: { actions: ["create"], after: {}, after_unknown: { id: true, policy: true, queue_url: true } },
      },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            mode: "managed",
            type: "aws_sqs_queue_policy",
            name: "orders",
            expressions: { policy: { references: [`${name}.json`, name] } },
          },
        ],
      },
    },
  };
}

function outcomes(plan: JsonObject): string[] {
  const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");
  const rules = awsRules.filter(({ id }) => id === "aws-sqs-queue-public");
  return judgeResources(resourcesOfPlan(plan), rules, policy).map(
    ({ finding }) => `${finding.rule} ${finding.outcome}`,
  );
}

const everybody = { principals: [{ type: "*", identifiers: ["*"] }] };
const openQueue = { principals: [{ identifiers: [false] }], resources: [true] };

describe("a policy document that is read at apply", () => {
  it("is judged by what is known of it", () => {
    expect(outcomes(planWith({ actions: ["sqs:*"], ...everybody }, openQueue))).toEqual(["aws-sqs-queue-public fail"]);
  });

  it("lets nobody in by what is known, whatever the rest may be", () => {
    const named = { principals: [{ type: "Service", identifiers: ["s3.amazonaws.com"] }] };
    expect(outcomes(planWith({ actions: ["sqs:*"], ...named }, openQueue))).toEqual([]);
  });

  it("takes a condition for one, also before its value is known", () => {
    const condition = [{ test: "ArnEquals", variable: "aws:SourceArn", values: [] }];
    const unknown = { ...openQueue, condition: [{ values: [true] }] };
    expect(outcomes(planWith({ ...everybody, condition }, unknown))).toEqual([]);
  });

  it("is open where the principal is", () => {
    const unknown = { principals: [{ identifiers: [true] }] };
    const plan = planWith({ principals: [{ type: "AWS", identifiers: [] }] }, unknown);
    expect(outcomes(plan)).toEqual(["aws-sqs-queue-public unknown"]);
  });

  it("stays open where it is made of others", () => {
    const plan = planWith({ actions: ["sqs:*"] }, {}, { source_policy_documents: ["{}"] });
    expect(outcomes(plan)).toEqual(["aws-sqs-queue-public unknown"]);
  });
});
