import { asText, between, name, tags } from "./attribute.ts";
import type { Kind } from "./attribute.ts";

export const service: Kind = {
  name: "service",
  title: "Services",
  description: "A container image that runs on a number of servers.",
  idPrefix: "svc",
  attributes: [
    { ...name, replaces: true },
    { name: "image", type: "string", description: "The container image, with its tag.", presence: "required" },
    {
      name: "instances",
      type: "number",
      description: "How many servers run it.",
      presence: "optional",
      fallback: 1,
      check: between(0, 100),
    },
    {
      name: "port",
      type: "number",
      description: "The port it listens on.",
      presence: "optional",
      fallback: 8080,
      check: between(1, 65_535),
    },
    {
      name: "public",
      type: "bool",
      description: "Whether it has an address on the internet.",
      presence: "optional",
      fallback: false,
    },
    {
      name: "subnet_ids",
      type: "string_list",
      description: "The subnets its servers are in.",
      presence: "required",
      refersTo: "subnet",
    },
    {
      name: "firewall_id",
      type: "string",
      description: "The firewall in front of it.",
      presence: "optional",
      refersTo: "firewall",
    },
    {
      name: "database_endpoint",
      type: "string",
      description: "The database it uses, host:port.",
      presence: "optional",
    },
    { name: "env", type: "string_map", description: "Environment variables of the process.", presence: "optional" },
    tags,
    { name: "url", type: "string", description: "Where it answers.", presence: "assigned" },
  ],
  lists: [],
  assign: (values, id) => ({ url: `https://${asText(values["name"])}-${id.slice(-6)}.apps.lab.internal` }),
};
