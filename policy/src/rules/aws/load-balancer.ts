import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, refersTo, some } from "../../vocabulary/condition.ts";
import type { Connection } from "../../vocabulary/condition.ts";
import { oldTls } from "../../vocabulary/tls.ts";

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
    id: "aws-elb-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The load balancer serves without TLS",
    resourceTypes: ["aws_elb"],
    failsWhen: all(some("listener", oneOf("lb_protocol", ["http", "HTTP"]), ["lb_port"]), not(isTrue("internal"))),
    why: "What visitors send and get, their sessions too, can be read and changed on the way.",
    fix: "Use HTTPS listeners, better with an application load balancer, which can redirect.",
    controls: [],
    examples: {
      bad: `resource "aws_elb" "shop" {
  listener {
    instance_port     = 8080
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}`,
      good: `resource "aws_elb" "shop" {
  listener {
    instance_port      = 8080
    instance_protocol  = "http"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/abc"
  }
}`,
    },
  },
];
