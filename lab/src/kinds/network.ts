import { checkCidr, name, region, tags } from "./attribute.ts";
import type { Kind } from "./attribute.ts";

export const network: Kind = {
  name: "network",
  title: "Networks",
  description: "A private network with one address range.",
  idPrefix: "net",
  attributes: [
    name,
    {
      name: "cidr",
      type: "string",
      description: "Its address range. Changing it makes a new network.",
      presence: "required",
      replaces: true,
      check: checkCidr,
    },
    region,
    tags,
  ],
  lists: [],
  assign: () => ({}),
};

export const subnet: Kind = {
  name: "subnet",
  title: "Subnets",
  description: "A part of a network in one zone.",
  idPrefix: "sub",
  attributes: [
    name,
    {
      name: "network_id",
      type: "string",
      description: "The network it is part of.",
      presence: "required",
      replaces: true,
      refersTo: "network",
    },
    {
      name: "cidr",
      type: "string",
      description: "Its share of the network's range. Changing it makes a new subnet.",
      presence: "required",
      replaces: true,
      check: checkCidr,
    },
    {
      name: "zone",
      type: "string",
      description: 'The zone, such as "a"; chosen by the cloud when left out.',
      presence: "optional_assigned",
      replaces: true,
    },
    {
      name: "public",
      type: "bool",
      description: "Whether its addresses are reachable from the internet.",
      presence: "optional",
      fallback: false,
    },
    tags,
  ],
  lists: [],
  assign: (values, id) => ({ zone: values["zone"] ?? "abc".charAt(Number.parseInt(id.slice(-2), 16) % 3) }),
};
