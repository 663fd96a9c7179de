import { posix } from "node:path";
import type { Evaluation, EvaluationOptions } from "./evaluation.ts";
import { Module } from "./modules/module.ts";
import { providersOf } from "./modules/providers.ts";
import { Collected } from "./modules/resources.ts";
import { World } from "./modules/world.ts";
import { rootInputs } from "./variables.ts";

/**
 * Evaluates the HCL of a root module and of the local modules it calls, without a plan, providers or credentials.
 * `files` maps repository paths to texts. What is claimed to be known is what Terraform would plan; everything else is marked
 * unknown. Never throws for what is in the files: that is told in `problems`, and the rest is evaluated all the same.
 */
export function evaluateDirectory(files: ReadonlyMap<string, string>, options: EvaluationOptions): Evaluation {
  const root = posix.normalize(options.root).replace(/(?<=.)\/$/, "");
  const world = new World(files, root);
  const module = new Module(world, world.configOf(root), "", rootInputs(world, root, options));
  const collected = new Collected();
  collected.collect(module);
  const providers = providersOf(module);
  return {
    resources: collected.resources,
    providers,
    problems: world.problems,
    unknowns: world.unknowns,
    documents: collected.documents,
    origins: collected.origins,
    texts: collected.texts,
    places: collected.places,
  };
}
