import { isDeepStrictEqual } from "node:util";
import type { Finding } from "@plumbline/contract";
import { standingOf } from "@plumbline/policy/gate/standing";
import type { KnownFinding } from "@plumbline/policy/gate/standing";
import type { Tx } from "../platform/database/pools.ts";
import type { Rules } from "../repositories/rules.ts";
import { keepStandings } from "../runs/keep-standings.ts";
import { judgementsOfRuns } from "../runs/plan-queries.ts";
import type { FindingsContext } from "./findings-context.ts";
import { gateRules, ownersOf, policyFor } from "./gate-rules.ts";
import type { GateRules } from "./gate-rules.ts";
import { knownFindings } from "./known-finding-store.ts";
import type { KnownFindingRecord } from "./known-finding-store.ts";

/** A run whose plan was judged. */
export interface JudgedRun {
  id: string;
  blocking: number;
  workspace: { id: string; component: string; environment: string; layer: string };
}

/**
 * Weighs the findings of plans again that were weighed before: by the rules of main as they are now, and by today's
 * date. Answers the runs whose number of blocking findings is another one now. What the checks found stays what it was.
 */
export async function restandRuns(
  tx: Tx,
  context: Pick<FindingsContext, "clock">,
  main: Rules,
  runs: readonly JudgedRun[],
): Promise<Map<string, number>> {
  const rules = gateRules(main);
  const known = await knownFindings(
    tx,
    runs.map(({ workspace }) => workspace.id),
  );
  const judgements = await judgementsOfRuns(
    tx,
    runs.map(({ id }) => id),
  );
  const now = context.clock.now();
  const changed = new Map<string, number>();
  for (const run of runs) {
    const { findings, failures } = judgements.get(run.id) ?? { findings: [], failures: [] };
    const stood = findings.map((finding) => standAgain(finding, run, rules, known.get(run.workspace.id) ?? [], now));
    const blocking =
      stood.filter(({ standing }) => standing?.blocks === true).length + failures.length + (rules.broken ? 1 : 0);
    if (blocking === run.blocking && isDeepStrictEqual(stood, findings)) continue;
    await keepStandings(tx, run.id, { findings: stood, blocking });
    if (blocking !== run.blocking) changed.set(run.id, blocking);
  }
  return changed;
}

/** A finding with its standing as it is now. What it was known of then, counts where there is no entry. */
export function standAgain(
  finding: Finding,
  { workspace }: Pick<JudgedRun, "workspace">,
  rules: GateRules,
  known: readonly KnownFindingRecord[],
  now: Date,
): Finding {
  const entry = known.find(({ fingerprint }) => fingerprint === finding.fingerprint);
  const memory: KnownFinding | undefined = entry ?? remembered(finding);
  const standing = standingOf({
    finding,
    known: memory,
    waivers: rules.waivers,
    touched: finding.standing?.touched ?? true,
    environment: workspace.environment,
    policy: policyFor(rules, workspace),
    now,
  });
  const { standing: _, ...rest } = finding;
  return {
    ...rest,
    owners: ownersOf(rules, finding, workspace),
    ...(standing === undefined ? {} : { standing }),
    ...(memory === undefined ? {} : { firstSeenAt: memory.firstSeenAt.toISOString() }),
  };
}

/** What is moved or imported has its entry only once it is applied. */
function remembered({ firstSeenAt, standing }: Finding): KnownFinding | undefined {
  if (firstSeenAt === undefined) return undefined;
  const isDated = standing?.kind === "baseline" || standing?.kind === "overdue";
  return {
    firstSeenAt: new Date(firstSeenAt),
    dueAt: isDated && standing.until !== undefined ? new Date(standing.until) : null,
  };
}
