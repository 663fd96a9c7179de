import type { Rule } from "../../../rule.ts";
import {
  all,
  any,
  type Connection,
  equals,
  isTrue,
  lacks,
  not,
  oneOf,
  present,
  refersTo,
  some,
} from "../../../vocabulary/condition.ts";
import { oldTls } from "../../../vocabulary/tls.ts";
import { examplesOf } from "../example.ts";

const certificate = '  certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/abc"';

const listener = (more: string, action = "forward") => `resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
${more}
  default_action {
    type = "${action}"
  }
}`;

const balancer = (changed: string, value: string) => {
  const attributes: Record<string, string> = {
    name: '"shop"',
    load_balancer_type: '"application"',
    internal: "true",
    enable_deletion_protection: "true",
    drop_invalid_header_fields: "true",
    desync_mitigation_mode: '"defensive"',
    [changed]: value,
  };
  const lines = Object.entries(attributes).map(([name, text]) => `  ${name} = ${text}`);
  return `resource "aws_lb" "shop" {
${lines.join("\n")}
  access_logs {
    bucket  = "logs"
    enabled = ${changed === "logs" ? value : "true"}
  }
}`.replace(/ {2}logs = \w+\n/, "");
};

const good = balancer("internal", "true");

const publicBalancer = balancer("internal", "false");

const ofBalancer: Connection = { from: "load_balancer_arn", to: ["arn", "id"] };

const openBalancer = `resource "aws_lb" "shop" {
  name                       = "shop"
  internal                   = false
  enable_deletion_protection = true
  drop_invalid_header_fields = true
  access_logs {
    bucket  = "logs"
    enabled = true
  }
}
`;

const mutual = (
  ignored: boolean,
) => `load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0abc"
port = 443
protocol = "HTTPS"
ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/abc"
mutual_authentication {
  mode                             = "verify"
  trust_store_arn                  = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/shop/0abc"
  ignore_client_certificate_expiry = ${ignored}
}
default_action {
  type = "forward"
}`;

const ofProtected: Connection = { from: "resource_arn", to: ["arn", "id"] };

export const awsLoadBalancerRules: Rule[] = [
  {
    id: "aws-lb-listener-plain-text",
    severity: "high",
    category: "encryption",
    title: "The public load balancer serves plain HTTP",
    resourceTypes: ["aws_lb_listener", "aws_alb_listener"],
    failsWhen: all(
      oneOf("protocol", ["HTTP"]),
      not(some("default_action", oneOf("type", ["redirect", "fixed-response"]))),
      any(...["aws_lb", "aws_alb"].map((type) => refersTo(type, ofBalancer, not(isTrue("internal"))))),
    ),
    why: "What visitors send and get, their sessions too, can be read and changed on the way.",
    fix: "Let the HTTP listener redirect to an HTTPS one.",
    controls: [],
    examples: {
      bad: `${publicBalancer}
${listener('  port     = 80\n  protocol = "HTTP"')}`,
      good: `${publicBalancer}
${listener('  port     = 80\n  protocol = "HTTP"', "redirect")}`,
    },
  },
  {
    id: "aws-lb-listener-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The listener takes TLS older than 1.2",
    resourceTypes: ["aws_lb_listener", "aws_alb_listener"],
    // Where none is named the service takes ELBSecurityPolicy-2016-08, which begins at TLS 1.0.
    failsWhen: all(any(oldTls("ssl_policy"), not(present("ssl_policy"))), oneOf("protocol", ["HTTPS", "TLS"])),
    why: "The old versions have known faults, and standards for payment and health data forbid them.",
    fix: 'Use ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06".',
    controls: [],
    examples: {
      bad: listener(`  protocol        = "HTTPS"\n  ssl_policy      = "ELBSecurityPolicy-2016-08"\n${certificate}`),
      good: listener(
        `  protocol        = "HTTPS"\n  ssl_policy      = "ELBSecurityPolicy-TLS13-1-2-2021-06"\n${certificate}`,
      ),
    },
  },
  {
    id: "aws-lb-access-logs-off",
    severity: "medium",
    category: "logging",
    title: "The load balancer's requests are not logged",
    resourceTypes: ["aws_lb", "aws_alb"],
    failsWhen: all(not(isTrue("access_logs.enabled")), not(oneOf("load_balancer_type", ["gateway", "network"]))),
    why: "After an incident nobody can tell who asked for what.",
    fix: "Add access_logs with a bucket and enabled = true.",
    controls: ["CIS AWS 7.0 4.10"],
    examples: { bad: balancer("logs", "false"), good },
  },
  {
    id: "aws-lb-deletion-protection-off",
    severity: "low",
    category: "recovery",
    title: "The load balancer can be deleted by one call",
    resourceTypes: ["aws_lb", "aws_alb"],
    failsWhen: not(isTrue("enable_deletion_protection")),
    why: "A wrong plan takes the service off the network, and its address with it.",
    fix: "Set enable_deletion_protection = true.",
    controls: [],
    examples: { bad: balancer("enable_deletion_protection", "false"), good },
  },
  {
    id: "aws-lb-invalid-headers-passed",
    severity: "low",
    category: "exposure",
    title: "The load balancer passes on malformed headers",
    resourceTypes: ["aws_lb", "aws_alb"],
    failsWhen: all(not(isTrue("drop_invalid_header_fields")), not(oneOf("load_balancer_type", ["gateway", "network"]))),
    why: "Servers that read them differently can be made to answer one visitor with another's data.",
    fix: "Set drop_invalid_header_fields = true.",
    controls: [],
    examples: { bad: balancer("drop_invalid_header_fields", "false"), good },
  },
  {
    id: "aws-lb-desync-not-defended",
    severity: "medium",
    category: "exposure",
    title: "The load balancer only watches requests made to confuse servers",
    resourceTypes: ["aws_lb", "aws_alb"],
    failsWhen: equals("desync_mitigation_mode", "monitor"),
    why: "Servers that read such requests differently can be made to answer one visitor with another's data.",
    fix: 'Set desync_mitigation_mode = "defensive" or "strictest".',
    controls: [],
    examples: { bad: balancer("desync_mitigation_mode", '"monitor"'), good },
  },
  {
    id: "aws-lb-expired-client-certificates",
    severity: "medium",
    category: "access",
    title: "The listener takes clients whose certificate has expired",
    resourceTypes: ["aws_lb_listener", "aws_alb_listener"],
    failsWhen: isTrue("mutual_authentication.ignore_client_certificate_expiry"),
    why: "A certificate that was given away once opens the door for ever.",
    fix: "Remove ignore_client_certificate_expiry = true.",
    controls: [],
    examples: examplesOf("aws_lb_listener", mutual(true), mutual(false), "shop"),
  },
  {
    id: "aws-lb-no-firewall",
    severity: "low",
    category: "exposure",
    title: "No web firewall stands before the public load balancer",
    resourceTypes: ["aws_lb", "aws_alb"],
    failsWhen: all(
      not(isTrue("internal")),
      not(oneOf("load_balancer_type", ["network", "gateway"])),
      lacks("aws_wafv2_web_acl_association", ofProtected),
    ),
    why: "Known attacks and floods of requests reach the application.",
    fix: "Add an aws_wafv2_web_acl_association, or let only a content delivery network with a firewall reach it.",
    controls: [],
    repair: "none",
    examples: {
      bad: openBalancer,
      good: `${openBalancer}resource "aws_wafv2_web_acl_association" "shop" {
  resource_arn = aws_lb.shop.arn
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/abc"
}`,
    },
  },
];
