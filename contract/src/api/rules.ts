import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Severity } from "../findings.ts";

/** A rule of the catalogue, as main's policy has it. */
export const RuleSummary = z
  .object({
    id: z.string(),
    title: z.string(),
    category: z.string(),
    /** `aws`, `azure`, `google`, `kubernetes`, `lab`, `sources` or `common`. */
    group: z.string(),
    controls: z.array(z.string()),
    severity: Severity,
    /** `needs-parameter`: it is in force as soon as the policy gives what it compares with. */
    status: z.enum(["on", "off", "needs-parameter"]),
    /** Open findings of what is applied in the environments that the caller may read. */
    findings: z.int(),
  })
  .meta({ id: "RuleSummary" });
export type RuleSummary = z.infer<typeof RuleSummary>;

export const RuleDetails = RuleSummary.extend({
  why: z.string(),
  fix: z.string(),
  /** Empty for rules over sources; `*` for every type. */
  resourceTypes: z.array(z.string()),
  needs: z.array(z.string()),
  examples: z.object({ bad: z.string(), good: z.string() }).nullable(),
}).meta({ id: "RuleDetails" });
export type RuleDetails = z.infer<typeof RuleDetails>;

const repository = z.object({ repository: z.string().max(100) });

export const listRules = endpoint({
  id: "listRules",
  method: "GET",
  path: "/api/v1/rules",
  auth: "person",
  tag: "findings",
  summary: "Every rule: its severity and whether it is in force by the policy on a repository's main",
  query: repository,
  response: z.object({ items: z.array(RuleSummary) }),
});

export const getRule = endpoint({
  id: "getRule",
  method: "GET",
  path: "/api/v1/rules/:rule",
  auth: "person",
  tag: "findings",
  summary: "A rule: why, how to mend what it finds, examples",
  params: z.object({ rule: z.string().max(200) }),
  query: repository,
  response: RuleDetails,
});
