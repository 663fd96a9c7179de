import type { Rule } from "../../../rule.ts";
import { any, equals, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const machine = (more: string) => `name = "orders"
role_arn = "arn:aws:iam::111122223333:role/orders"
definition = jsonencode({ StartAt = "End", States = { End = { Type = "Succeed" } } })
${more}`;

export const awsStepFunctionsRules: Rule[] = [
  {
    id: "aws-sfn-not-logged",
    severity: "low",
    category: "logging",
    title: "What the state machine does is not logged",
    resourceTypes: ["aws_sfn_state_machine"],
    failsWhen: any(equals("logging_configuration.level", "OFF"), not(present("logging_configuration.level"))),
    why: "After an incident nobody can tell what ran and with what result.",
    fix: 'Add logging_configuration with level = "ERROR" or "ALL" and a log group.',
    controls: [],
    examples: examplesOf(
      "aws_sfn_state_machine",
      machine(""),
      machine(
        'logging_configuration {\n  level           = "ERROR"\n  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:orders:*"\n}',
      ),
    ),
  },
];
