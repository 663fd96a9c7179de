import type { LockedProvider } from "@plumbline/engine/terraform/lock-file";
import { configuresProvidersOnce } from "@plumbline/engine/terraform/provider-configurations";
import type { EarlyProvider } from "../../sandbox/start-providers.ts";
import { readModules } from "../tree/module-files.ts";
import { verifiedProvider } from "../tree/provider-package.ts";
import type { RunContext } from "../run-context.ts";
import type { Unpacked } from "../tree/tree.ts";

/** More are started by the engine, as ever. */
const mostProviders = 8;

/**
 * The providers that are started once for a whole step, before its engine, instead of by the engine for each of its passes.
 * One process holds one configuration, so there are none where a provider may be configured twice, nor in a plan that
 * destroys, which looks at everything first and configures again. What cannot be told is left to the engine.
 */
export function earlyProviders(
  context: Pick<RunContext, "config" | "run">,
  unpacked: Unpacked,
  locked: readonly LockedProvider[],
  step: "plan" | "apply",
): EarlyProvider[] {
  const { config, run } = context;
  // without a sandbox others share the folder of the sockets, and nothing ends a provider whose engine was killed
  if (config.sandbox.kind === "none" || locked.length > mostProviders) return [];
  if (step === "plan" && config.job.destroy) return [];
  try {
    const modules = readModules(context, unpacked);
    if (!modules || !configuresProvidersOnce(modules.root, modules.others)) return [];
    return locked.flatMap((provider) => {
      const program = verifiedProvider(config, run, provider);
      return program === undefined ? [] : [{ address: provider.address, program }];
    });
  } catch {
    // what cannot be read here the engine reads itself, and says why it cannot
    return [];
  }
}
