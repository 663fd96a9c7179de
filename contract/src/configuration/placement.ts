import type { Component, Configuration, Environment } from "./configuration.ts";
import { fillTemplate } from "./template.ts";

/** Whether a component exists in an environment of that name: in all, unless it names those it exists in. */
export function existsIn(component: Pick<Component, "environments">, environment: string): boolean {
  return component.environments?.some((pattern) => matchesEnvironment(pattern, environment)) ?? true;
}

/** Whether `prod`, or `globex/*` for all of a client's, means an environment. */
export function matchesEnvironment(pattern: string, environment: string): boolean {
  return pattern.endsWith("/*") ? environment.startsWith(pattern.slice(0, -1)) : pattern === environment;
}

/** The directory of a component in an environment, from the root of the repository. */
export function directoryIn(component: Pick<Component, "name" | "path">, environment: string): string {
  return fillTemplate(component.path, component.name, environment);
}

/**
 * The name by which a commit's configuration knows an environment: its own, or the one it was renamed from where the
 * commit is older than that. Paths and lists of a pinned commit are read with it.
 */
export function nameThere(code: Configuration, environment: Pick<Environment, "name" | "renamedFrom">): string {
  const { name, renamedFrom } = environment;
  if (renamedFrom === undefined) return name;
  const names = new Set(code.environments.map((one) => one.name));
  return !names.has(name) && names.has(renamedFrom) ? renamedFrom : name;
}

/**
 * Paths of the values files that a component may have in an environment, there or not, in the order in which the engine is
 * given them.
 */
export function possibleValuesFiles({ path, namedValues }: Environment, component: string): string[] {
  const named = namedValues?.find((one) => one.component === component)?.files;
  return [`${path}/common.tfvars`, ...(named ?? [`${path}/${component}.tfvars`])];
}

/** Those that are there. */
export function valuesFiles(environment: Environment, component: string): string[] {
  const { path, values } = environment;
  const absent = ["common", component].filter((name) => !values.includes(name)).map((name) => `${path}/${name}.tfvars`);
  const named = environment.namedValues?.find((one) => one.component === component)?.files ?? [];
  return possibleValuesFiles(environment, component).filter((file) => !absent.includes(file) || named.includes(file));
}

/** The file that a component's own values stand in, or would: the strongest. */
export function ownValuesFile(environment: Environment, component: string): string {
  const named = environment.namedValues?.find((one) => one.component === component)?.files;
  return named?.at(-1) ?? `${environment.path}/${component}.tfvars`;
}

/**
 * Tells of a path whether rules of an environment or values stand there: they are read from main whatever a pin says.
 * What else lies in `environments/`, or beside values, is code.
 */
export function comesFromMain(configuration: Configuration): (path: string) => boolean {
  const values = new Set(
    configuration.environments.flatMap(({ path, values: names, namedValues = [] }) => [
      ...names.map((name) => `${path}/${name}.tfvars`),
      ...namedValues.flatMap(({ files }) => files),
    ]),
  );
  return (path) => /^environments\/.+\/(?:environment|sealed)\.yaml$/.test(path) || values.has(path);
}
