import type { PhaseSecrets } from "@plumbline/contract/jobs";
import { patience } from "./phase.ts";
import type { RunContext } from "../run-context.ts";

/** Asks the server for one phase's environment. It is held in memory for that phase and never written. */
export async function secretsFor(context: RunContext, name: "plan" | "apply"): Promise<PhaseSecrets> {
  const answer = await context.link.demand({ method: "GET", path: `/secrets/${name}` }, patience(context, name));
  const secrets: PhaseSecrets = JSON.parse(answer.body.toString("utf8"));
  context.masked.push(...secrets.mask);
  return secrets;
}
