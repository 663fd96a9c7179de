import { asText, between, oneOf } from "./attribute.ts";
import type { Kind } from "./attribute.ts";

export const dnsRecord: Kind = {
  name: "dns_record",
  title: "DNS records",
  description: "A name that leads to an address.",
  idPrefix: "dns",
  attributes: [
    {
      name: "name",
      type: "string",
      description: "The full name, such as shop.example.com.",
      presence: "required",
      replaces: true,
      check: (value) =>
        /^([a-z0-9_-]{1,63}\.)+[a-z]{2,63}$/.test(asText(value))
          ? undefined
          : "must be a full domain name in lower case",
    },
    {
      name: "type",
      type: "string",
      description: "A, CNAME or TXT. Changing it makes a new record.",
      presence: "required",
      replaces: true,
      check: oneOf("A", "CNAME", "TXT"),
    },
    { name: "value", type: "string", description: "What the name leads to.", presence: "required" },
    {
      name: "ttl",
      type: "number",
      description: "For how many seconds others may keep the answer.",
      presence: "optional",
      fallback: 300,
      check: between(30, 86_400),
    },
  ],
  lists: [],
  assign: () => ({}),
};
