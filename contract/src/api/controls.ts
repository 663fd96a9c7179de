import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Severity } from "../findings.ts";
import { ClientQuery, Instant } from "./common.ts";

/** `unknown` can be told only after the next apply; `not-in-code`: nothing here says it, or there is no such resource. */
export const ControlState = z.enum(["pass", "fail", "waived", "unknown", "not-in-code"]).meta({ id: "ControlState" });
export type ControlState = z.infer<typeof ControlState>;

/** How many controls stand how. */
export const ControlCounts = z
  .object({ pass: z.int(), fail: z.int(), waived: z.int(), unknown: z.int(), notInCode: z.int() })
  .meta({ id: "ControlCounts" });
export type ControlCounts = z.infer<typeof ControlCounts>;

/** A catalogue of controls in one edition, such as CIS AWS Foundations 5.0. */
export const ControlCatalogue = z
  .object({ slug: z.string(), title: z.string(), controls: z.int(), environments: z.record(z.string(), ControlCounts) })
  .meta({ id: "ControlCatalogue" });
export type ControlCatalogue = z.infer<typeof ControlCatalogue>;

/** What a state rests on. */
export const ControlEvidence = z
  .object({
    workspace: z.string(),
    address: z.string(),
    state: z.enum(["pass", "fail", "waived", "unknown"]),
    rule: z.string().nullable(),
  })
  .meta({ id: "ControlEvidence" });
export type ControlEvidence = z.infer<typeof ControlEvidence>;

/** A control and how it stands in each environment. */
export const JudgedControl = z
  .object({
    id: z.string(),
    title: z.string(),
    severity: Severity,
    scope: z.enum(["resource", "joined", "account"]),
    /** Ids of the rules that answer it. */
    rules: z.array(z.string()),
    /** Where to look instead, where no code says it. */
    notInCode: z.string().nullable(),
    environments: z.record(
      z.string(),
      z.object({
        state: ControlState,
        /** Resources that were judged and are well. */
        passing: z.int(),
        /** At most 50, worst first. */
        evidence: z.array(ControlEvidence),
      }),
    ),
  })
  .meta({ id: "JudgedControl" });
export type JudgedControl = z.infer<typeof JudgedControl>;

/** A report over what is applied in the workspaces that the caller may read. */
export const ControlReport = z
  .object({
    slug: z.string(),
    title: z.string(),
    judgedAt: Instant,
    workspaces: z.int(),
    /** In the order of promotion. */
    environments: z.array(z.object({ name: z.string(), counts: ControlCounts })),
    controls: z.array(JudgedControl),
  })
  .meta({ id: "ControlReport" });
export type ControlReport = z.infer<typeof ControlReport>;

/** How far a report is: first states are read, of all environments, since several may share an account; then it judges. */
export const ControlProgress = z
  .object({ step: z.enum(["reading", "judging"]), done: z.int(), environments: z.int() })
  .meta({ id: "ControlProgress" });
export type ControlProgress = z.infer<typeof ControlProgress>;

const scope = ClientQuery.extend({ environment: z.string().max(200).optional() });

export const listControlCatalogues = endpoint({
  id: "listControlCatalogues",
  method: "GET",
  path: "/api/v1/control-catalogues",
  auth: "person",
  tag: "controls",
  summary: "Catalogues of controls, with how many stand how in each environment",
  query: ClientQuery,
  response: z.object({ items: z.array(ControlCatalogue) }),
});

export const getControlProgress = endpoint({
  id: "getControlProgress",
  method: "GET",
  path: "/api/v1/control-catalogues/progress",
  auth: "person",
  tag: "controls",
  summary:
    "How many environments of the report that the caller waits for are read or judged; null where he waits for none",
  response: z.object({ progress: ControlProgress.nullable() }),
});

export const getControlReport = endpoint({
  id: "getControlReport",
  method: "GET",
  path: "/api/v1/control-catalogues/:catalogue/report",
  auth: "person",
  tag: "controls",
  summary: "Each control of a catalogue: pass, fail, waived, not in code, with the resources it rests on",
  params: z.object({ catalogue: z.string().max(100) }),
  query: scope,
  response: ControlReport,
});

export const exportControlReport = endpoint({
  id: "exportControlReport",
  method: "GET",
  path: "/api/v1/control-catalogues/:catalogue/report/:format",
  auth: "person",
  tag: "controls",
  summary: "The same as CSV (one line for each control and environment) or as a page to print",
  params: z.object({ catalogue: z.string().max(100), format: z.enum(["csv", "html"]) }),
  query: scope,
  produces: "text/csv",
});
