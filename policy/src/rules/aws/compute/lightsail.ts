import type { Rule } from "../../../rule.ts";
import { all, any, isTrue, not, portRange, present, some, worldOpen } from "../../../vocabulary/condition.ts";
import { worldOpenRules } from "../../world-open.ts";
import { examplesOf } from "../example.ts";

const lightsail = worldOpenRules({
  prefix: "aws-lightsail",
  resourceTypes: ["aws_lightsail_instance_public_ports"],
  failsWhen: (test) =>
    some(
      "port_info",
      all(
        // Where no network is named the service takes every one.
        any(
          worldOpen("cidrs"),
          worldOpen("ipv6_cidrs"),
          all(not(present("cidrs")), not(present("ipv6_cidrs")), not(present("cidr_list_aliases"))),
        ),
        portRange({ from: "from_port", to: "to_port", protocol: "protocol" }, test),
      ),
      ["from_port", "to_port", "protocol", "cidrs"],
    ),
  example: (ports, cidr) => `resource "aws_lightsail_instance_public_ports" "shop" {
  instance_name = "shop"
  port_info {
    protocol  = "${ports.to - ports.from > 65000 ? "all" : "tcp"}"
    from_port = ${ports.from}
    to_port   = ${ports.to}
    cidrs     = ["${cidr}"]
  }
}`,
  controls: { database: [], administration: [] },
});

export const awsLightsailRules: Rule[] = [
  ...lightsail,
  {
    id: "aws-lightsail-database-public",
    severity: "critical",
    category: "exposure",
    title: "The Lightsail database can be reached from the internet",
    resourceTypes: ["aws_lightsail_database"],
    failsWhen: isTrue("publicly_accessible"),
    why: "No firewall stands before it: anybody can try passwords and known faults.",
    fix: "Set publicly_accessible = false.",
    controls: [],
    examples: examplesOf(
      "aws_lightsail_database",
      'relational_database_name = "orders"\nblueprint_id = "postgres_16"\nbundle_id = "micro_2_0"\npublicly_accessible = true',
      'relational_database_name = "orders"\nblueprint_id = "postgres_16"\nbundle_id = "micro_2_0"\npublicly_accessible = false',
    ),
  },
];
