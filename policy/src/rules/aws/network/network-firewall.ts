import type { Rule } from "../../../rule.ts";
import { any, isTrue, lacks, not } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { exampleOf, examplesOf } from "../example.ts";

const firewall = (protection: boolean, name = "shop") =>
  exampleOf(
    "aws_networkfirewall_firewall",
    `name = "shop"
vpc_id = "vpc-0abc"
firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/shop"
delete_protection = ${protection}`,
    name,
  );

const policy = (action: string) => `name = "shop"
firewall_policy {
  stateless_default_actions          = ["${action}"]
  stateless_fragment_default_actions = ["aws:drop"]
}`;

export const awsNetworkFirewallRules: Rule[] = [
  {
    id: "aws-networkfirewall-not-logged",
    severity: "medium",
    category: "logging",
    title: "The network firewall logs nothing",
    resourceTypes: ["aws_networkfirewall_firewall"],
    failsWhen: lacks("aws_networkfirewall_logging_configuration", { from: "firewall_arn", to: ["arn", "id"] }),
    why: "Nobody sees what it stopped, nor what it let through.",
    fix: "Add an aws_networkfirewall_logging_configuration with the types ALERT and FLOW.",
    controls: [],
    examples: {
      bad: firewall(true),
      good: `${firewall(true)}
resource "aws_networkfirewall_logging_configuration" "shop" {
  firewall_arn = aws_networkfirewall_firewall.shop.arn
  logging_configuration {
    log_destination_config {
      log_destination      = { logGroup = "/firewall" }
      log_destination_type = "CloudWatchLogs"
      log_type             = "ALERT"
    }
  }
}`,
    },
  },
  {
    id: "aws-networkfirewall-deletable",
    severity: "low",
    category: "recovery",
    title: "The network firewall can be deleted by one call",
    resourceTypes: ["aws_networkfirewall_firewall"],
    failsWhen: not(isTrue("delete_protection")),
    why: "A wrong plan, or one stolen key, takes the wall away.",
    fix: "Set delete_protection = true.",
    controls: [],
    examples: { bad: firewall(false), good: firewall(true) },
  },
  {
    id: "aws-networkfirewall-passes-all",
    severity: "medium",
    category: "exposure",
    title: "The network firewall lets through what no rule names",
    resourceTypes: ["aws_networkfirewall_firewall_policy"],
    failsWhen: any(
      anyMatches("firewall_policy.stateless_default_actions", /^aws:pass$/),
      anyMatches("firewall_policy.stateless_fragment_default_actions", /^aws:pass$/),
    ),
    why: "Packets that nobody thought of go past the stateful rules.",
    fix: 'Use "aws:forward_to_sfe", so that the stateful rules see them, or "aws:drop".',
    controls: [],
    examples: examplesOf(
      "aws_networkfirewall_firewall_policy",
      policy("aws:pass"),
      policy("aws:forward_to_sfe"),
      "shop",
    ),
  },
];
