import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Instant, WorkspaceParam } from "./common.ts";

/**
 * Where a variable's value may come from, the strongest first. `workspace_file`: `environments/<environment>/
 * <component>.tfvars`; `environment_file`: `common.tfvars` beside it; `component_file`: `*.auto.tfvars` and
 * `terraform.tfvars` in the component's own directory; `sealed`: a sealed variable; `input`: an output of another
 * component; `default`: the variable's own block.
 */
export const valueSources = [
  "workspace_file",
  "environment_file",
  "component_file",
  "sealed",
  "input",
  "default",
] as const;
export const ValueSource = z.enum(valueSources).meta({ id: "ValueSource" });
export type ValueSource = z.infer<typeof ValueSource>;

/** One place that gives a variable a value. */
export const ValueOrigin = z
  .object({
    source: ValueSource,
    /** As it is written; null for sealed variables, inputs, and what the code declares sensitive. */
    value: z.string().nullable(),
    file: z.string().nullable(),
    line: z.int().nullable(),
    /** What stands behind `# why:` beside it. */
    why: z.string().nullable(),
    /** Of a sealed variable: the version in use, whose it is, when it was stored. */
    version: z.int().nullable(),
    owner: z.string().nullable(),
    setAt: Instant.nullable(),
    /** Of an input: `network/prod.vpc_id`. */
    from: z.string().nullable(),
  })
  .meta({ id: "ValueOrigin" });
export type ValueOrigin = z.infer<typeof ValueOrigin>;

/** A variable of a workspace: what it is, and everything that gives it a value. */
export const WorkspaceValue = z
  .object({
    name: z.string(),
    /** As its block says; null where it says nothing. */
    type: z.string().nullable(),
    description: z.string().nullable(),
    /** Where the code declares it; null: the code has no such variable, so the engine does not use it. */
    declared: z.object({ file: z.string(), line: z.int() }).nullable(),
    sensitive: z.boolean(),
    /** The one that wins; null: nothing gives it a value, so the engine refuses to plan. */
    origin: ValueOrigin.nullable(),
    /** Those it wins over, the strongest first. */
    overrides: z.array(ValueOrigin),
  })
  .meta({ id: "WorkspaceValue" });
export type WorkspaceValue = z.infer<typeof WorkspaceValue>;

export const listWorkspaceValues = endpoint({
  id: "listWorkspaceValues",
  method: "GET",
  path: "/api/v1/workspaces/:workspace/values",
  auth: "person",
  tag: "workspaces",
  summary: "Each variable of a workspace: its value, where it comes from, what it wins over; sealed values never",
  params: WorkspaceParam,
  response: z.object({
    workspace: z.string(),
    /** The commit whose code declares the variables. */
    codeCommit: z.string().nullable(),
    /** What main's values files say that could not be read. */
    problems: z.array(z.object({ message: z.string(), file: z.string(), line: z.int() })),
    items: z.array(WorkspaceValue),
  }),
});
