import type { Rule } from "../../../rule.ts";
import { allows, isRestricted, onEverything, statement } from "../../../vocabulary/policy-document.ts";
import { examplesOf } from "../example.ts";

const devices = (action: string, resource: string) => `name = "sensors"
policy = jsonencode({
  Statement = [{ Effect = "Allow", Action = "${action}", Resource = "${resource}" }]
})`;

export const awsIotRules: Rule[] = [
  {
    id: "aws-iot-policy-everything",
    severity: "high",
    category: "access",
    title: "A device may do everything",
    resourceTypes: ["aws_iot_policy"],
    failsWhen: statement(
      "policy",
      (one) =>
        allows(one) &&
        onEverything(one) &&
        !isRestricted(one) &&
        one.actions.some((action) => /^(?:\*|iot:\*)$/.test(action)),
    ),
    why: "Whoever opens one device reads what all others send, and commands them.",
    fix: "Name the actions, and topics with ${iot:Connection.Thing.ThingName} in them.",
    controls: [],
    examples: examplesOf(
      "aws_iot_policy",
      devices("iot:*", "*"),
      devices("iot:Publish", "arn:aws:iot:eu-west-1:111122223333:topic/sensors/one"),
      "sensors",
    ),
  },
];
