import { between, checkCidr, name, oneOf, tags } from "./attribute.ts";
import type { Kind } from "./attribute.ts";

export const firewall: Kind = {
  name: "firewall",
  title: "Firewalls",
  description: "Which connections may come in. What no rule allows is refused.",
  idPrefix: "fw",
  attributes: [
    name,
    {
      name: "network_id",
      type: "string",
      description: "The network it protects.",
      presence: "required",
      replaces: true,
      refersTo: "network",
    },
    tags,
  ],
  lists: [
    {
      name: "ingress",
      description: "A rule that lets connections in.",
      attributes: [
        {
          name: "port",
          type: "number",
          description: "The port; 0 with the protocol all.",
          presence: "required",
          check: between(0, 65_535),
        },
        {
          name: "protocol",
          type: "string",
          description: "tcp, udp, icmp, or all for every port of every protocol.",
          presence: "optional",
          fallback: "tcp",
          check: oneOf("tcp", "udp", "icmp", "all"),
        },
        {
          name: "cidr",
          type: "string",
          description: "From which addresses; 0.0.0.0/0 is the whole internet.",
          presence: "required",
          check: checkCidr,
        },
        { name: "description", type: "string", description: "Why the rule is there.", presence: "optional" },
      ],
    },
  ],
  assign: () => ({}),
};
