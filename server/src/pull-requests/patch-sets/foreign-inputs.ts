import { posix } from "node:path";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { foreignProblems } from "@plumbline/contract/configuration/reading/foreign-problems";
import type { NeighbourRepository } from "@plumbline/contract/configuration/reading/foreign-problems";
import type { ConfigurationProblem } from "@plumbline/contract/configuration/problem";
import { problemAt } from "@plumbline/contract/configuration/problem";
import { suggest } from "@plumbline/contract/configuration/suggestion";
import { isTemplate } from "@plumbline/contract/configuration/template";
import { isReadByEngine } from "@plumbline/engine/sources/read-by-engine";
import { parseSource } from "@plumbline/policy/sources/parse-source";
import { isConfigurationFile } from "@plumbline/policy/sources/source-index";
import { allRepositories } from "../../repositories/find-repository.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import type { Snapshot } from "../../repositories/snapshot.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";

/** Looks at a change beside the other repositories of its organization. */
export type LookAround = (configuration: Configuration) => Promise<ConfigurationProblem[]>;

/** What is wrong between a repository as a change makes it and the mains of the others. Not within a transaction. */
export function lookAround(
  context: Pick<PullRequestsContext, "db" | "caches" | "forge">,
  organizationId: string,
  repositoryId: string,
): LookAround {
  return async (configuration) => {
    const all = await context.db.transaction(organizationId, allRepositories);
    const own = all.find((one) => one.repositoryId === repositoryId);
    if (own === undefined || all.length === 1)
      return own === undefined ? [] : foreignProblems({ name: own.name, configuration }, []);
    const others = await Promise.all(
      all
        .filter((one) => one !== own)
        .map(async (one): Promise<NeighbourRepository> => {
          if (one.headCommit === null) return { name: one.name, configuration: undefined };
          const reader = await openReader(context.caches, one, context.forge.objects(one));
          return { name: one.name, configuration: (await reader.configuration(one.headCommit)).configuration };
        }),
    );
    return foreignProblems({ name: own.name, configuration }, others);
  };
}

/** Outputs that a change offers to other repositories and that the component's code does not have. */
export async function missingOutputs(configuration: Configuration, tree: Snapshot): Promise<ConfigurationProblem[]> {
  const problems: ConfigurationProblem[] = [];
  for (const { component: name, outputs } of configuration.exports ?? []) {
    const component = configuration.components.find((one) => one.name === name);
    if (component === undefined || isTemplate(component.path)) continue;
    const paths = new Set(
      tree.entries
        .map(({ path }) => path)
        .filter((path) => posix.dirname(path) === component.path && isConfigurationFile(path)),
    );
    const read = [...paths].filter((path) => isReadByEngine(path, component.engine.name, paths));
    const files = await Promise.all(read.map(async (path) => parseSource(path, (await tree.text(path)) ?? "")));
    const there = files.flatMap(({ blocks }) =>
      blocks.flatMap(({ type, labels }) => (type === "output" ? (labels[0] ?? []) : [])),
    );
    for (const output of outputs)
      if (!there.includes(output.name)) {
        const at = { ...output.place, column: output.place.column ?? 1 };
        const message = `${name} has no output “${output.name}” that others could take`;
        problems.push(problemAt(at, message, suggest(output.name, there)));
      }
  }
  return problems;
}
