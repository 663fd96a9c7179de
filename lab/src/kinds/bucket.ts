import { asText, name, region, tags } from "./attribute.ts";
import type { Kind } from "./attribute.ts";

export const bucket: Kind = {
  name: "bucket",
  title: "Buckets",
  description: "Storage for files.",
  idPrefix: "bkt",
  attributes: [
    { ...name, replaces: true },
    region,
    {
      name: "public",
      type: "bool",
      description: "Whether everybody may read it.",
      presence: "optional",
      fallback: false,
    },
    {
      name: "encrypted",
      type: "bool",
      description: "Whether its files are encrypted.",
      presence: "optional",
      fallback: false,
    },
    {
      name: "versioning",
      type: "bool",
      description: "Whether overwritten files are kept.",
      presence: "optional",
      fallback: false,
    },
    tags,
    { name: "url", type: "string", description: "Where its files are.", presence: "assigned" },
  ],
  lists: [],
  assign: (values) => ({ url: `https://${asText(values["name"])}.files.lab.internal` }),
};
