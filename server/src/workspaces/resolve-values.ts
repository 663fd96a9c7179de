import { posix } from "node:path";
import type { ValueOrigin, ValueSource, WorkspaceValue } from "@plumbline/contract";
import { valueSources } from "@plumbline/contract";
import type { ComponentInput, ForeignInput, SealedReference } from "@plumbline/contract/configuration/configuration";
import { inputOrigin } from "@plumbline/contract/configuration/workspaces";
import { reasonOf } from "@plumbline/policy/lint/unexplained-values";
import type { Attribute, SourceFile } from "@plumbline/policy/sources/syntax-tree";
import { declaredVariables, moduleFiles, writtenValue } from "./declared-variables.ts";

/** Everything that gives the variables of one workspace their values. */
export interface ValueParts {
  environment: string;
  engine: "terraform" | "tofu";
  /** Files in the component's directory. */
  directory: readonly SourceFile[];
  /** `common.tfvars` of its environment, where it is there. */
  common: SourceFile | undefined;
  /** The component's own files of its environment, the strongest last. */
  own: readonly SourceFile[];
  inputs: readonly ComponentInput[];
  /** From other repositories. */
  foreignInputs?: readonly ForeignInput[] | undefined;
  /** Those of the component and of `common`. */
  sealed: readonly Pick<SealedReference, "component" | "variable" | "version" | "as" | "place">[];
  /** When versions were stored: "component name version" → time. */
  times: ReadonlyMap<string, Date>;
}

const nothing = { value: null, file: null, line: null, why: null, version: null, owner: null, setAt: null, from: null };

/**
 * The variables of a workspace by name, each with the value that wins and those it wins over. Values files are given to
 * the engine by name, the component's own last; sealed variables and inputs reach it through its environment, which is
 * weaker than any file, and a sealed variable there replaces an input.
 */
export function resolveValues(parts: ValueParts): WorkspaceValue[] {
  const origins = new Map<string, ValueOrigin[]>();
  const add = (name: string, origin: Partial<ValueOrigin> & { source: ValueSource }) => {
    const known = origins.get(name) ?? [];
    // What comes later is weaker, or of the same strength and read earlier.
    origins.set(name, [...known, { ...nothing, ...origin }]);
  };
  const fromFile = (source: ValueSource, file: SourceFile | undefined) => {
    for (const attribute of file?.attributes.values() ?? [])
      if (file !== undefined) add(attribute.name, { source, ...written(file, attribute) });
  };
  for (const file of parts.own.toReversed()) fromFile("workspace_file", file);
  fromFile("environment_file", parts.common);
  for (const file of automaticFiles(parts.directory)) fromFile("component_file", file);
  const owner = (common: boolean) => (reference: { component: string }) =>
    (reference.component === "common") === common;
  for (const reference of [...parts.sealed.filter(owner(false)), ...parts.sealed.filter(owner(true))]) {
    if (reference.as !== "input") continue;
    const { component, variable, version, place } = reference;
    const setAt = parts.times.get(`${component} ${variable} ${version}`)?.toISOString() ?? null;
    add(variable, { source: "sealed", version, owner: component, setAt, file: place.file, line: place.line ?? null });
  }
  for (const input of [...parts.inputs, ...(parts.foreignInputs ?? [])])
    add(input.variable, { source: "input", from: inputOrigin(input, parts.environment) });
  const declared = declaredVariables(moduleFiles(parts.directory, parts.engine));
  for (const variable of declared.values())
    if (variable.default !== null) {
      const { value, file, line, source, attribute } = variable.default;
      add(variable.name, { source: "default", value, file, line, why: reasonOf(source, attribute) ?? null });
    }
  const names = [...new Set([...declared.keys(), ...origins.keys()])].toSorted();
  return names.map((name) => {
    const variable = declared.get(name);
    const sensitive = variable?.sensitive ?? false;
    const hide = (origin: ValueOrigin): ValueOrigin => (sensitive ? { ...origin, value: null } : origin);
    const [origin, ...overrides] = (origins.get(name) ?? [])
      .toSorted((left, right) => valueSources.indexOf(left.source) - valueSources.indexOf(right.source))
      .map(hide);
    return {
      name,
      type: variable?.type ?? null,
      description: variable?.description ?? null,
      declared: variable === undefined ? null : { file: variable.file, line: variable.line },
      sensitive,
      origin: origin ?? null,
      overrides,
    };
  });
}

function written(file: SourceFile, attribute: Attribute): Pick<ValueOrigin, "value" | "file" | "line" | "why"> {
  return {
    value: writtenValue(file, attribute),
    file: file.path,
    line: attribute.place.line,
    why: reasonOf(file, attribute) ?? null,
  };
}

/** Files with values that the engine reads by itself, the strongest first. */
function automaticFiles(directory: readonly SourceFile[]): SourceFile[] {
  const named = (test: RegExp) =>
    directory
      .filter(({ path }) => test.test(posix.basename(path)))
      .toSorted((left, right) => (left.path < right.path ? 1 : -1));
  return [
    ...named(/\.auto\.tfvars(?:\.json)?$/),
    ...named(/^terraform\.tfvars\.json$/),
    ...named(/^terraform\.tfvars$/),
  ];
}
