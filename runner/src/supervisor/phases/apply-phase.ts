import { applyArguments } from "@plumbline/engine/terraform/commands";
import type { LockedProvider } from "@plumbline/engine/terraform/lock-file";
import { countsText } from "@plumbline/engine/terraform/ui-text";
import { earlyProviders } from "./early-providers.ts";
import { demandSuccess, runEngine } from "./engine-step.ts";
import { rescueState } from "../leftovers.ts";
import { phase } from "./phase.ts";
import type { RunContext } from "../run-context.ts";
import { secretsFor } from "./secrets.ts";
import { stepPlaces } from "../steps/step-places.ts";
import type { Unpacked } from "../tree/tree.ts";

/** What a plan is applied with: the unpacked tree, and the providers of its lock file. */
export interface Initialized {
  unpacked: Unpacked;
  locked: readonly LockedProvider[];
}

/** Applies the plan at the run's plan file. Whatever comes of it, a state that the engine left behind goes to the server. */
export function applyPhase(context: RunContext, tree: Initialized, prepare: () => Promise<void>): Promise<void> {
  return phase(context, "apply", async () => {
    const { config, run, journal, presence } = context;
    presence.beginApply();
    await prepare();
    const secrets = await secretsFor(context, "apply");
    const args = applyArguments(stepPlaces(config, run, "apply").planFile);
    const providers = earlyProviders(context, tree.unpacked, tree.locked, "apply");
    const applied = await runEngine(context, {
      step: "apply",
      phase: "apply",
      args,
      secrets,
      readOutput: true,
      providers,
    });
    journal.sync();
    const rescued = await rescueState(run, config.job.directory, context.link, presence.away());
    if (rescued !== undefined) journal.append({ type: "log", phase: "apply", lines: [rescued.line] });
    demandSuccess(context, { step: "apply", phase: "apply" }, applied);
    const summary = applied.output.events().findLast((event) => event.type === "change_summary");
    return { line: summary ? appliedText(countsText(summary.counts)) : "applied", value: undefined };
  });
}

function appliedText(counts: string): string {
  return counts === "no changes"
    ? "no changes"
    : counts
        .replaceAll("to add", "added")
        .replaceAll("to change", "changed")
        .replaceAll("to destroy", "destroyed")
        .replaceAll("to import", "imported");
}
