import { posix } from "node:path";
import type { ResponseOf, WorkspaceValue, listWorkspaceValues as endpoint } from "@plumbline/contract";
import { findComponent, pinOf } from "@plumbline/contract/configuration/configuration";
import type { Component, Configuration, Environment } from "@plumbline/contract/configuration/configuration";
import { directoryIn, existsIn, valuesFiles } from "@plumbline/contract/configuration/placement";
import { isTemplate } from "@plumbline/contract/configuration/template";
import { directoryAt, existsAt } from "@plumbline/engine/sources/repository-state";
import { parseSource } from "@plumbline/policy/sources/parse-source";
import { saysOf } from "@plumbline/policy/sources/says";
import type { SourceFile } from "@plumbline/policy/sources/syntax-tree";
import { resolveValues } from "./resolve-values.ts";
import type { WorkspaceCode } from "./workspace-code.ts";

/** What of a repository was read for one answer: files of one commit are parsed once, however many environments read them. */
export interface ValuesReader {
  head: string;
  /** What main declares. */
  configuration: Configuration;
  read(environment: Environment, component: string, times: ReadonlyMap<string, Date>): Promise<ReadValues>;
}

/** The values of one workspace, and whose code declares them. */
export interface ReadValues {
  codeCommit: string;
  /** As that code declares it; undefined where it does not. */
  component: Component | undefined;
  /**
   * Its directory of this environment on main, and by name what the files there say; left out where it lies at one place for
   * all environments.
   */
  own?: { directory: string; files: ReadonlyMap<string, string> };
  items: WorkspaceValue[];
  problems: ResponseOf<typeof endpoint>["problems"];
}

/** Opens a repository for reading values; undefined while main is empty or its configuration wrong. */
export async function openValues(
  code: WorkspaceCode,
  organizationId: string,
  repositoryId: string,
): Promise<ValuesReader | undefined> {
  const head = await code.head(organizationId, repositoryId);
  const configuration =
    head === null ? undefined : await code.configurationAt(organizationId, repositoryId, head, head);
  if (head === null || configuration === undefined) return undefined;
  const parsed = new Map<string, Promise<SourceFile[]>>();
  const once = (key: string, read: () => Promise<{ path: string; text: string }[]>): Promise<SourceFile[]> => {
    const known = parsed.get(key) ?? read().then((files) => files.map(({ path, text }) => parseSource(path, text)));
    parsed.set(key, known);
    return known;
  };
  return {
    head,
    configuration,
    async read(environment, name, times) {
      const codeCommit = pinOf(environment, name)?.ref ?? head;
      const there = await code.configurationAt(organizationId, repositoryId, codeCommit, codeCommit);
      const declared = there && findComponent(there, name);
      const component = there && declared && existsAt(there, declared, environment) ? declared : undefined;
      const directory = there && component && directoryAt(there, component, environment);
      const sources = (commit: string, from: string) =>
        once(`${commit} ${from}`, () => code.sources({ organizationId, repositoryId, commit, directory: from }));
      const files = directory === undefined ? [] : await sources(codeCommit, directory);
      const onMain = findComponent(configuration, name);
      const hasOwn = onMain !== undefined && isTemplate(onMain.path) && existsIn(onMain, environment.name);
      const own = hasOwn ? directoryIn(onMain, environment.name) : undefined;
      const values = await once(`values ${name}`, () => code.values(organizationId, repositoryId, head, name));
      const given = valuesFiles(environment, name).flatMap((path) => values.find((file) => file.path === path) ?? []);
      const isCommon = ({ path }: SourceFile) => path === `${environment.path}/common.tfvars`;
      const items = resolveValues({
        environment: environment.name,
        engine: component?.engine.name ?? configuration.engine.name,
        directory: files,
        common: given.find(isCommon),
        own: given.filter((file) => !isCommon(file)),
        inputs: component?.inputs ?? [],
        foreignInputs: component?.foreignInputs,
        sealed: environment.sealed.filter(({ component: owner }) => owner === name || owner === "common"),
        times,
      });
      const problems = [...given, ...files].flatMap((one) => one.errors);
      return {
        codeCommit,
        component,
        ...(own === undefined ? {} : { own: { directory: own, files: whatItSays(await sources(head, own)) } }),
        items,
        problems: problems.map((fault) => ({ message: fault.message, file: fault.file, line: fault.line })),
      };
    },
  };
}

function whatItSays(files: readonly SourceFile[]): Map<string, string> {
  return new Map(
    files.flatMap((file) => {
      const said = /\.(?:tf|tofu)(?:\.json)?$/.test(file.path) ? saysOf(file) : "";
      return said === "" ? [] : [[posix.basename(file.path), said] as const];
    }),
  );
}
