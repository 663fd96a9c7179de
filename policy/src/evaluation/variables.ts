import { posix } from "node:path";
import { environmentOfFile } from "../lint/unexplained-values.ts";
import type { EvaluationOptions } from "./evaluation.ts";
import type { Inputs } from "./modules/module.ts";
import type { World } from "./modules/world.ts";
import type { Place } from "./syntax/body.ts";
import { evaluate } from "./expressions/evaluate.ts";
import { Budget } from "./expressions/budget.ts";
import { fromJson } from "./values/json.ts";
import type { Value } from "./values/value.ts";

/** The values of the root module's variables, from files and from the caller. */
export function rootInputs(world: World, root: string, options: EvaluationOptions): Inputs {
  const given = new Map<string, { value: Value; place: Place }>();
  const scope = {
    evaluate,
    budget: new Budget(),
    read: () => undefined,
    textOf: () => undefined,
    note: () => undefined,
  };
  for (const path of variableFiles(world, root, options)) {
    if (!world.has(path)) {
      world.problem(`The variables' file ${path} is not among the sources`, { file: path, line: 1, column: 1 });
      continue;
    }
    for (const { name, value, place } of world.parse(path).body.attributes.values())
      given.set(name, { value: world.value(value, place, scope), place });
  }
  const outside: Place = { file: root, line: 1, column: 1 };
  for (const [name, value] of Object.entries(options.variables ?? {}))
    given.set(name, { value: fromJson(value), place: outside });
  return { read: (name) => given.get(name) };
}

/** In the order in which Terraform reads them, the one that wins last. */
function variableFiles(world: World, root: string, options: EvaluationOptions): string[] {
  const beside = [...world.paths()].filter((path) => posix.dirname(path) === root).sort();
  const named = (name: string): string[] => beside.filter((path) => posix.basename(path) === name);
  const automatic = beside.filter((path) => /\.auto\.tfvars(?:\.json)?$/.test(path));
  return [
    ...named("terraform.tfvars"),
    ...named("terraform.tfvars.json"),
    ...automatic,
    ...(options.variableFiles ?? environmentFiles(world, root, options.environment)),
  ];
}

/** `common.tfvars` of the environment, then the one that is called like the component. */
function environmentFiles(world: World, root: string, environment: string | undefined): string[] {
  if (environment === undefined) return [];
  const own = new Set(
    [...world.paths()].filter((path) => environmentOfFile(path) === environment).map((path) => posix.dirname(path)),
  );
  return [...own].flatMap((folder) =>
    ["common.tfvars", `${posix.basename(root)}.tfvars`]
      .map((name) => `${folder}/${name}`)
      .filter((path) => world.has(path)),
  );
}
