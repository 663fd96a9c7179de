import { z } from "zod";
import { endpoint } from "../endpoint.ts";

/** The repository whose main says policies for every repository of the organization. */
export const PolicyRepository = z
  .object({
    /** Null where there is none. */
    repository: z.string().nullable(),
    /** Rego files that every plan is judged by. */
    policies: z.int(),
    /** What is wrong with its policy file: while there is anything, no plan of any repository can be judged. */
    problems: z.array(z.object({ message: z.string(), file: z.string(), line: z.int() })),
  })
  .meta({ id: "PolicyRepository" });
export type PolicyRepository = z.infer<typeof PolicyRepository>;

export const getPolicyRepository = endpoint({
  id: "getPolicyRepository",
  method: "GET",
  path: "/api/v1/organization/policy-repository",
  auth: "person",
  tag: "repositories",
  summary: "The repository whose policies hold for every repository of the organization",
  response: PolicyRepository,
});

export const setPolicyRepository = endpoint({
  id: "setPolicyRepository",
  method: "PUT",
  path: "/api/v1/organization/policy-repository",
  auth: "person",
  tag: "repositories",
  summary: "Name the repository whose policies hold for every repository of the organization, or none",
  body: z.object({ repository: z.string().max(100).nullable() }),
  response: PolicyRepository,
});
