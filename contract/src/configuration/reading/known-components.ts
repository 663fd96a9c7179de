import type { Component } from "../configuration.ts";
import { existsIn } from "../placement.ts";
import type { EnvironmentFile } from "../schemas/schemas.ts";
import { suggest } from "../suggestion.ts";
import { quote } from "./yaml-file.ts";

/** The components that files of an environment may name. */
export interface KnownComponents {
  environment: string;
  /** Undefined where a pinned commit is not known: then nothing can be said. */
  names: Set<string> | undefined;
  /** Those that main has, but not in this environment. */
  elsewhere: Set<string>;
}

/** Main's that exist in the environment, and those at its pins, where some may exist that main no longer has. */
export function knownComponents(
  environment: string,
  { pin }: Pick<EnvironmentFile, "pin">,
  context: { components: readonly Component[]; componentsAt(ref: string): Iterable<string> | undefined },
): KnownComponents {
  const here = context.components.filter((component) => existsIn(component, environment));
  const names = new Set(here.map(({ name }) => name));
  const all = context.components.map(({ name }) => name);
  const known = (complete: boolean): KnownComponents => ({
    environment,
    names: complete ? names : undefined,
    elsewhere: new Set(all.filter((name) => !names.has(name))),
  });
  for (const ref of [pin?.ref, ...Object.values(pin?.components ?? {}).map((own) => own.ref)]) {
    if (ref === undefined) continue;
    const there = context.componentsAt(ref);
    if (there === undefined) return known(false);
    for (const component of there) names.add(component);
  }
  return known(true);
}

/** What is wrong with naming a component, and what could stand there; undefined where nothing is. */
export function unknownComponent(
  component: string,
  { environment, names, elsewhere }: KnownComponents,
  further: readonly string[] = [],
): [message: string, proposal?: string] | undefined {
  if (names === undefined || names.has(component)) return undefined;
  if (elsewhere.has(component)) return [`component ${component} does not exist in ${environment}`];
  const proposal = suggest(component, [...names, ...further]);
  const message = `unknown component ${quote(component)}`;
  return proposal === undefined ? [message] : [message, proposal];
}
