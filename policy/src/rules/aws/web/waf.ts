import type { Rule } from "../../../rule.ts";
import { all, anything, type Connection, lacks, not, present, some } from "../../../vocabulary/condition.ts";

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

export const awsWafRules: Rule[] = [
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
];
