import { z } from "zod";

/** The parts that an environment is made of, and what people call them. */
export const scopeCategories = {
  accounts: "Accounts",
  network: "Network",
  identity: "Identity",
  compute: "Compute",
  data: "Storage and databases",
  security: "Security",
  monitoring: "Monitoring and alerting",
  backup: "Backup and retention",
} as const;

export const ScopeCategory = z
  .enum(["accounts", "network", "identity", "compute", "data", "security", "monitoring", "backup"])
  .meta({ id: "ScopeCategory" });
export type ScopeCategory = z.infer<typeof ScopeCategory>;
