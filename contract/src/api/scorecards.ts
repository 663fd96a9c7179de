import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { ClientQuery, Instant, PageQuery, page } from "./common.ts";

const counts = z.object({ critical: z.int(), high: z.int(), medium: z.int(), low: z.int() });

/** How well a component is kept, over what is applied of it in all environments that the caller may read. */
export const Scorecard = z
  .object({
    repository: z.string(),
    component: z.string(),
    /** Code owners of the files that its findings stand in, those with most findings first. */
    owners: z.array(z.string()),
    workspaces: z.int(),
    resources: z.int(),
    /** 100 without findings; each problem takes 20, 10, 3 or 1 by its severity, counted once for all environments. */
    score: z.int().min(0).max(100),
    /** Problems by category: `exposure`, `encryption`, `anti-pattern`, … */
    categories: z.record(z.string(), z.int()),
    problems: counts,
    /** The last twelve weeks, oldest first: the score at the end of each, the last being now. */
    trend: z.array(z.object({ at: Instant, score: z.int() })),
  })
  .meta({ id: "Scorecard" });
export type Scorecard = z.infer<typeof Scorecard>;

export const listScorecards = endpoint({
  id: "listScorecards",
  method: "GET",
  path: "/api/v1/scorecards",
  auth: "person",
  tag: "findings",
  summary: "How well each component is kept, worst first, with its trend",
  query: PageQuery.extend({ ...ClientQuery.shape, repository: z.string().max(100).optional() }),
  /** `total` counts all components, and `problems` sums up theirs, on every page. */
  response: page(Scorecard).extend({ total: z.int(), problems: counts }),
});
