import type { Rule } from "../../rule.ts";
import { all, any, anything, equals, isTrue, lacks, not, present, some } from "../../vocabulary/condition.ts";
import type { Connection } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { exampleOf, examplesOf } from "./example.ts";

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

const webAcl = (rule: string, action = "allow") => `resource "aws_wafv2_web_acl" "shop" {
  name  = "shop"
  scope = "REGIONAL"
  default_action {
    ${action} {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop"
    sampled_requests_enabled   = true
  }
${rule}}
`;

const managedRule = `  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
`;

const aclLogging = `resource "aws_wafv2_web_acl_logging_configuration" "shop" {
  resource_arn            = aws_wafv2_web_acl.shop.arn
  log_destination_configs = ["arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-shop"]
}`;

const ofAcl: Connection = { from: "resource_arn", to: ["arn", "id"] };

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
  {
    id: "aws-waf-without-rules",
    severity: "medium",
    category: "exposure",
    title: "The web firewall lets everything through",
    resourceTypes: ["aws_wafv2_web_acl"],
    failsWhen: all(
      not(some("rule", anything)),
      some("default_action", some("allow", anything)),
      not(present("rule_json")),
    ),
    why: "It looks like a defence and stops nothing.",
    fix: "Add rules, such as AWSManagedRulesCommonRuleSet and a limit of the rate.",
    controls: [],
    examples: { bad: `${webAcl("")}${aclLogging}`, good: `${webAcl(managedRule)}${aclLogging}` },
  },
  {
    id: "aws-waf-not-logged",
    severity: "low",
    category: "logging",
    title: "The web firewall logs nothing",
    resourceTypes: ["aws_wafv2_web_acl"],
    failsWhen: lacks("aws_wafv2_web_acl_logging_configuration", ofAcl),
    why: "Nobody sees what it stopped, nor what it let through.",
    fix: "Add an aws_wafv2_web_acl_logging_configuration.",
    controls: [],
    examples: { bad: webAcl(managedRule), good: `${webAcl(managedRule)}${aclLogging}` },
  },
  {
    id: "aws-route53-firewall-fails-open",
    severity: "low",
    category: "exposure",
    title: "Names are resolved unchecked when the DNS firewall fails",
    resourceTypes: ["aws_route53_resolver_firewall_config"],
    failsWhen: equals("firewall_fail_open", "ENABLED"),
    why: "Data can be carried out by names while the firewall does not answer, and an attacker can bring that about.",
    fix: 'Set firewall_fail_open = "DISABLED".',
    controls: [],
    examples: examplesOf(
      "aws_route53_resolver_firewall_config",
      'resource_id = "vpc-0abc"\nfirewall_fail_open = "ENABLED"',
      'resource_id = "vpc-0abc"\nfirewall_fail_open = "DISABLED"',
    ),
  },
  {
    id: "aws-vpclattice-service-open",
    severity: "medium",
    category: "access",
    title: "The service asks its callers for nothing",
    resourceTypes: ["aws_vpclattice_service", "aws_vpclattice_service_network"],
    failsWhen: not(equals("auth_type", "AWS_IAM")),
    why: "Whatever stands in a connected network may call it.",
    fix: 'Set auth_type = "AWS_IAM" and add an aws_vpclattice_auth_policy.',
    controls: [],
    examples: examplesOf(
      "aws_vpclattice_service",
      'name = "orders"\nauth_type = "NONE"',
      'name = "orders"\nauth_type = "AWS_IAM"',
    ),
  },
  {
    id: "aws-ram-outside-organization",
    severity: "low",
    category: "exposure",
    title: "The resource share may take in accounts outside the organization",
    resourceTypes: ["aws_ram_resource_share"],
    failsWhen: isTrue("allow_external_principals"),
    why: "One wrong account number gives networks and other resources to strangers.",
    fix: "Set allow_external_principals = false.",
    controls: [],
    examples: examplesOf(
      "aws_ram_resource_share",
      'name = "network"\nallow_external_principals = true',
      'name = "network"\nallow_external_principals = false',
    ),
  },
];
