import type { Component, Environment, EnvironmentRule } from "../configuration.ts";
import { parseDuration } from "../duration.ts";
import type { ConfigurationProblem } from "../problem.ts";
import { problemAt } from "../problem.ts";
import { knownComponents, unknownComponent } from "./known-components.ts";
import type { KnownComponents } from "./known-components.ts";
import { readScope } from "./read-scope.ts";
import { readSealed } from "./read-sealed.ts";
import { EnvironmentFile } from "../schemas/schemas.ts";
import { fillTemplate } from "../template.ts";
import { validateFile } from "./validate.ts";
import type { YamlPath } from "./yaml-file.ts";
import { quote, readYamlFile } from "./yaml-file.ts";

const defaultDriftSeconds = 900;
const rules: EnvironmentRule[] = [
  "pin",
  "approvals",
  "ticket",
  "credentials",
  "drift",
  "propose",
  "owner",
  "renamed_from",
];

/** What reading an environment needs to know of the rest. */
export interface EnvironmentContext {
  components: Component[];
  /** Names of the components at a pinned commit; undefined where that is not known. */
  componentsAt(ref: string): Iterable<string> | undefined;
  text(path: string): string | undefined;
  hasFile(path: string): boolean;
  /** Names of the files in the environment's folder. */
  fileNames: readonly string[];
}

/** Reads the files of one environment. Undefined where environment.yaml is missing or wrong; then a problem says so. */
export function readEnvironment(
  name: string,
  context: EnvironmentContext,
  problems: ConfigurationProblem[],
): Environment | undefined {
  const path = `environments/${name}`;
  const text = context.text(`${path}/environment.yaml`);
  if (text === undefined) return undefined;
  const yaml = readYamlFile(`${path}/environment.yaml`, text);
  problems.push(...yaml.problems);
  // An empty file is an environment with the default rules.
  if (yaml.value === null) yaml.value = {};
  const file = validateFile(yaml, EnvironmentFile, problems);
  if (file === undefined) return undefined;

  const known = knownComponents(name, file, context);
  const check = (component: string, at: YamlPath): void => {
    const unknown = unknownComponent(component, known);
    if (unknown !== undefined) problems.push(problemAt(yaml.keyPlace(at), ...unknown));
  };
  const componentPins = Object.entries(file.pin?.components ?? {}).map(([component, pin]) => {
    check(component, ["pin", "components", component]);
    return { component, ref: pin.ref, ...(pin.label === undefined ? {} : { label: pin.label }) };
  });
  const schedules = Object.entries(file.drift?.components ?? {}).map(([component, { every }]) => {
    check(component, ["drift", "components", component]);
    return { component, every: parseDuration(every) ?? defaultDriftSeconds };
  });
  if (file.ticket?.required === true && file.ticket.pattern === undefined)
    problems.push(problemAt(yaml.place(["ticket"]), "a required ticket needs a pattern that it must match"));
  const places = Object.fromEntries(
    rules.filter((rule) => Object.hasOwn(file, rule)).map((rule) => [rule, yaml.keyPlace([rule])]),
  );
  const slash = name.indexOf("/");
  const named = context.components.flatMap(({ name: component, values }) =>
    values === undefined
      ? []
      : [
          {
            component,
            files: values.map((value) => fillTemplate(value, component, name)).filter((file) => context.hasFile(file)),
          },
        ],
  );
  return {
    name,
    ...(slash < 0 ? {} : { client: name.slice(0, slash) }),
    path,
    ...(file.pin?.ref === undefined
      ? {}
      : { pin: { ref: file.pin.ref, ...(file.pin.label === undefined ? {} : { label: file.pin.label }) } }),
    componentPins,
    approvals: file.approvals ?? 1,
    ...(file.ticket === undefined ? {} : { ticket: ticketRule(file.ticket) }),
    credentials: file.credentials ?? name,
    drift: { every: parseDuration(file.drift?.every ?? "") ?? defaultDriftSeconds, components: schedules },
    ...(file.propose === undefined ? {} : { propose: file.propose }),
    ...(file.owner === undefined ? {} : { owner: file.owner }),
    ...(file.scope === undefined ? {} : { scope: readScope(yaml, file.scope) }),
    sealed: readSealed(path, context.text(`${path}/sealed.yaml`), known, problems),
    ...(file.renamed_from === undefined ? {} : { renamedFrom: file.renamed_from }),
    values: valueFiles(
      path,
      context.fileNames,
      known,
      new Map(named.map((one) => [one.component, one.files])),
      problems,
    ),
    ...(named.length === 0 ? {} : { namedValues: named }),
    places: { ...places, environment: yaml.place([]) },
  };
}

function ticketRule(ticket: NonNullable<EnvironmentFile["ticket"]>) {
  return {
    required: ticket.required,
    ...(ticket.pattern === undefined ? {} : { pattern: ticket.pattern }),
    ...(ticket.url === undefined ? {} : { url: ticket.url }),
  };
}

function valueFiles(
  path: string,
  fileNames: readonly string[],
  known: KnownComponents,
  named: ReadonlyMap<string, readonly string[]>,
  problems: ConfigurationProblem[],
): string[] {
  const values: string[] = [];
  for (const fileName of fileNames.toSorted()) {
    const place = { file: `${path}/${fileName}`, line: 1, column: 1 };
    const name = /^(.+)\.tfvars$/.exec(fileName)?.[1];
    if (name !== undefined && named.has(name))
      problems.push(
        problemAt(
          place,
          `nobody reads this file: plumbline.yaml names other values of ${name}, ${from(named.get(name))}`,
        ),
      );
    else if (name !== undefined) {
      const unknown = name === "common" ? undefined : unknownComponent(name, known, ["common"]);
      if (unknown === undefined) values.push(name);
      else problems.push(problemAt(place, ...unknown));
    } else if (fileName.endsWith(".tfvars.json"))
      problems.push(problemAt(place, "values are read from .tfvars files only; write this one as HCL"));
  }
  return values;
}

function from(files: readonly string[] = []): string {
  return files.length === 0 ? "which are not there" : files.map(quote).join(", ");
}
