import type { Rule } from "../../../rule.ts";
import { all, equals, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const workgroup = (enforced: boolean) => `name = "reports"
configuration {
  enforce_workgroup_configuration = ${enforced}
  result_configuration {
    encryption_configuration {
      encryption_option = "SSE_S3"
    }
  }
}`;

export const awsAthenaRules: Rule[] = [
  {
    id: "aws-athena-results-not-encrypted",
    severity: "low",
    category: "encryption",
    title: "Results of queries are not encrypted by the workgroup",
    resourceTypes: ["aws_athena_workgroup"],
    failsWhen: all(
      not(present("configuration.result_configuration.encryption_configuration")),
      present("configuration.result_configuration.output_location"),
    ),
    why: "Results hold copies of the data, and take whatever protection their bucket happens to have.",
    fix: "Add encryption_configuration to result_configuration.",
    controls: [],
    examples: {
      bad: `resource "aws_athena_workgroup" "reports" {
  name = "reports"
  configuration {
    result_configuration {
      output_location = "s3://results/"
    }
  }
}`,
      good: `resource "aws_athena_workgroup" "reports" {
  name = "reports"
  configuration {
    result_configuration {
      output_location = "s3://results/"
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}`,
    },
  },
  {
    id: "aws-athena-settings-not-enforced",
    severity: "low",
    category: "encryption",
    title: "Whoever asks chooses where results go and whether they are encrypted",
    resourceTypes: ["aws_athena_workgroup"],
    failsWhen: equals("configuration.enforce_workgroup_configuration", false),
    why: "Results land unencrypted, or in somebody else's bucket.",
    fix: "Remove enforce_workgroup_configuration = false.",
    controls: [],
    examples: examplesOf("aws_athena_workgroup", workgroup(false), workgroup(true), "reports"),
  },
];
