import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf, wholeNumber } from "../command/leaf.ts";
import type { FileOptions } from "./file.ts";

/** `plumb repositories …` */
export function addRepositories(program: Command, context: Context): void {
  const repositories = group(program, "repositories", "Repositories of the built-in forge");
  leaf(repositories, "list", "List repositories with what main declares", ["plumb repositories list"]).action(
    async () => (await import("./list.ts")).listAll(context),
  );
  leaf(
    repositories,
    "show",
    "Show what main declares: environments in order, components by layer with what they take",
    ["plumb repositories show", "plumb repositories show shop-infrastructure --json"],
  )
    .argument("[name]", "the repository, where there are several")
    .action(async (name?: string) => (await import("./show.ts")).showRepository(context, name));
  leaf(repositories, "create", "Create an empty repository", ["plumb repositories create shop-infrastructure"])
    .argument("<name>", "small letters, digits, dots, dashes")
    .action(async (name: string) => (await import("./create.ts")).create(context, name));
  leaf(repositories, "policies", "Tell or name the repository that has policies for the whole organization", [
    "plumb repositories policies",
    "plumb repositories policies organization-policies",
    "plumb repositories policies --none",
  ])
    .argument("[name]", "the repository to name; an administrator does it")
    .option("--none", "no repository has any more")
    .action(async (name: string | undefined, options: { none?: true }) =>
      (await import("./policies.ts")).policies(context, name, options.none === true),
    );
  leaf(repositories, "file", "Print a file as it stands on main or at a commit", [
    "plumb repositories file environments/prod/database.tfvars",
    "plumb repositories file CODEOWNERS --line 7",
  ])
    .argument("<path>", "from the root of the repository")
    .option("--repository <name>", "the repository, where there are several")
    .option("--commit <id>", "the whole id of a commit; main where it is left out")
    .option("--line <number>", "this line only", wholeNumber)
    .action(async (path: string, options: FileOptions) =>
      (await import("./file.ts")).printFile(context, path, options),
    );
  leaf(repositories, "commits", "List commits of main with the environments they are applied in", [
    "plumb repositories commits",
    "plumb repositories commits shop-infrastructure --json   # whole ids, for plumb promote --commit",
  ])
    .argument("[name]", "the repository, where there are several")
    .action(async (name?: string) => (await import("./commits.ts")).listCommits(context, name));
}
