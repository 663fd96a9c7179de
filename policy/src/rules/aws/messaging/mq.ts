import type { Rule } from "../../../rule.ts";
import { any, isTrue, not } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const broker = (open: boolean) => `resource "aws_mq_broker" "events" {
  broker_name                = "events"
  engine_type                = "RabbitMQ"
  auto_minor_version_upgrade = true
  publicly_accessible        = ${open}
}`;

export const awsMqRules: Rule[] = [
  {
    id: "aws-mq-public",
    severity: "critical",
    category: "exposure",
    title: "The message broker can be reached from the internet",
    resourceTypes: ["aws_mq_broker"],
    failsWhen: isTrue("publicly_accessible"),
    why: "Anybody can try passwords and known faults against it.",
    fix: "Set publicly_accessible = false and connect from inside the VPC.",
    controls: [],
    examples: { bad: broker(true), good: broker(false) },
  },
  {
    id: "aws-mq-not-logged",
    severity: "low",
    category: "logging",
    title: "The message broker logs nowhere",
    resourceTypes: ["aws_mq_broker"],
    failsWhen: not(any(isTrue("logs.general"), isTrue("logs.audit"))),
    why: "After an incident nobody can tell who connected and what failed.",
    fix: "Add logs with general = true, and audit = true with ActiveMQ.",
    controls: [],
    examples: examplesOf(
      "aws_mq_broker",
      'broker_name = "orders"\nengine_type = "RabbitMQ"',
      'broker_name = "orders"\nengine_type = "RabbitMQ"\nlogs {\n  general = true\n}',
    ),
  },
];
