import { statSync } from "node:fs";
import { resolve } from "node:path";
import { codeOwnersPaths } from "@plumbline/contract/configuration/code-owners/code-owners";
import { isConfigurationFile } from "@plumbline/contract/configuration/reading/read-configuration";
import { normalizeRepositoryPath } from "@plumbline/contract/configuration/repository-path";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { readFolder } from "../validate/read-folder.ts";
import type { WhereClientsAre } from "./clients.ts";
import { proposalLines } from "./proposal-lines.ts";
import { propose } from "./propose.ts";
import type { Proposal } from "./proposal.ts";
import { writeFiles } from "./write-files.ts";

export interface InitOptions {
  write?: boolean;
  oneCode?: boolean;
  /** The folder whose directories are clients', or false where nothing is. */
  clients?: string | false;
}

/** Files that say something about a checkout: sources, values, what other tools were told, and our own. */
const noticed =
  /\.(?:tf|tofu|tfvars)(?:\.json)?$|(?:^|\/)(?:terragrunt\.hcl|\.terraform\.lock\.hcl|\.terraform-version|\.opentofu-version)$|\.(?:backend|tfbackend)$|(?:^|[-_./])backend\.hcl$/;

/**
 * `plumb init`: fails where something must be done before the result is valid. As JSON `{written, …proposal}`, where
 * `written` names the files that were written.
 */
export async function init(
  context: Context,
  folder: string,
  { write, oneCode = false, clients }: InitOptions,
): Promise<void> {
  const root = resolve(folder);
  if (!(statSync(root, { throwIfNoEntry: false })?.isDirectory() ?? false))
    throw new UsageFault(`${folder} is not a folder.`, "Name the folder of a checkout.");
  const owners: ReadonlySet<string> = new Set(codeOwnersPaths);
  const read = readFolder(
    root,
    (path) =>
      noticed.test(path) || isConfigurationFile(path) || owners.has(path) || path === "policies/plumbline-policy.yaml",
  );
  const proposal = propose(read, oneCode, readClients(clients));
  if (read.links.length > 0) proposal.notes.unshift(linksNote(read.links));
  refuseWithoutRoots(folder, proposal, read.texts);
  for (const { path, reason } of read.skipped.filter((one) => !read.links.includes(one.path)))
    proposal.notes.push({
      level: "note",
      message: `It was not read: ${reason}.`,
      next: "Look whether it matters.",
      places: [{ file: path, line: 1 }],
    });
  const written = write === true ? writeFiles(root, proposal.files) : [];
  context.print({ written, ...proposal }, (shown, look) => proposalLines(shown, write === true, look));
  if (proposal.notes.some(({ level }) => level === "problem")) context.fail();
}

/** As it is typed, `./live/` for `live`, or why that is no folder of the checkout. */
function readClients(named: InitOptions["clients"]): WhereClientsAre {
  if (named === undefined || named === false) return named;
  const path = normalizeRepositoryPath(named);
  if (path === undefined)
    throw new UsageFault(
      `${named} lies outside the checkout.`,
      "Name the folder from its top, such as --clients live.",
    );
  return path;
}

/** Teams that link the files of one environment from another's keep one copy of them another way. */
function linksNote(links: readonly string[]): Proposal["notes"][number] {
  return {
    level: "problem",
    message:
      "Symbolic links are not followed: for Plumbline what they lead to is not there, so it was not looked at either.",
    next: "Put the files themselves there (cp -R --dereference). To keep one copy, let each environment call it as a module, or make it one component with values for each environment.",
    places: links.map((file) => ({ file, line: 1 })),
  };
}

function refuseWithoutRoots(
  folder: string,
  { rootModules, modules, notes }: Proposal,
  texts: ReadonlyMap<string, string>,
): void {
  if (rootModules > 0) return;
  // What cannot be read may well be the root module.
  const unreadable = notes.find(({ level }) => level === "problem");
  const [place] = unreadable?.places ?? [];
  if (unreadable !== undefined && place !== undefined)
    throw new UsageFault(
      `Below ${folder} nothing was found that could be planned by itself. ${place.file}:${place.line}: ${unreadable.message}`,
      unreadable.next,
    );
  const terragrunt = [...texts.keys()].filter((path) => path.endsWith("terragrunt.hcl")).length;
  if (terragrunt > 0)
    throw new UsageFault(
      `Below ${folder} there are ${terragrunt} terragrunt.hcl and no root module of Terraform.`,
      "Plumbline runs terraform or tofu: write components/<name>/main.tf that calls the module each of them names.",
    );
  if (modules > 0)
    throw new UsageFault(
      `Below ${folder} there are only modules (${modules}); nothing that could be planned by itself.`,
      "Write a root module that calls them (components/<name>/main.tf with its provider), or run this where they are called.",
    );
  throw new UsageFault(
    `There is no Terraform code in ${folder} or below it.`,
    "Name a checkout with *.tf files. For a new repository start with components/<name>/main.tf.",
  );
}
