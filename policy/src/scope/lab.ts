import type { CategoryPrefixes } from "./prefixes.ts";

/** The lab's provider. */
export const labPrefixes: CategoryPrefixes = {
  network: ["network", "subnet"],
  compute: ["vm"],
  data: ["database", "bucket"],
  security: ["firewall"],
};
