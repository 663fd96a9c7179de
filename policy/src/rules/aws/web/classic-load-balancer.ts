import type { Rule } from "../../../rule.ts";
import { all, any, equals, isTrue, matches, not, oneOf, present, some } from "../../../vocabulary/condition.ts";
import { exampleOf, examplesOf } from "../example.ts";

const classicBalancer = (logs: string) =>
  exampleOf(
    "aws_elb",
    `internal = true
listener {
  instance_port     = 8080
  instance_protocol = "tcp"
  lb_port           = 8080
  lb_protocol       = "tcp"
}${logs}`,
    "shop",
  );

const negotiation = (version: string) => `name = "shop"
load_balancer = "shop"
lb_port = 443
attribute {
  name  = "${version}"
  value = "true"
}`;

export const awsClassicLoadBalancerRules: Rule[] = [
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
  {
    id: "aws-elb-access-logs-off",
    severity: "medium",
    category: "logging",
    title: "The classic load balancer's requests are not logged",
    resourceTypes: ["aws_elb"],
    failsWhen: any(not(present("access_logs")), equals("access_logs.enabled", false)),
    why: "After an incident nobody can tell who asked for what.",
    fix: "Add access_logs with a bucket.",
    controls: ["CIS AWS 7.0 4.10"],
    examples: { bad: classicBalancer(""), good: classicBalancer('\naccess_logs {\n  bucket = "logs"\n}') },
  },
  {
    id: "aws-elb-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The classic load balancer takes TLS older than 1.2",
    resourceTypes: ["aws_lb_ssl_negotiation_policy"],
    failsWhen: some(
      "attribute",
      all(matches("name", /^Protocol-(?:SSLv[23]|TLSv1(?:\.1)?)$/), equals("value", "true")),
      ["name"],
    ),
    why: "The old versions have known faults, and standards for payment and health data forbid them.",
    fix: "Switch on Protocol-TLSv1.2 only, or use an application load balancer.",
    controls: [],
    examples: examplesOf(
      "aws_lb_ssl_negotiation_policy",
      negotiation("Protocol-TLSv1"),
      negotiation("Protocol-TLSv1.2"),
      "shop",
    ),
  },
];
