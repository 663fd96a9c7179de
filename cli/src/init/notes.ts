import { posix } from "node:path";
import { codeOwnersPaths } from "@plumbline/contract/configuration/code-owners/code-owners";
import type { At, Directory } from "./directory.ts";
import { hasTemplate } from "./group-components.ts";
import type { Candidate } from "./group-components.ts";
import type { Note } from "./proposal.ts";

/** What was found. */
export interface Found {
  directories: ReadonlyMap<string, Directory>;
  roots: readonly Directory[];
  examples: readonly string[];
  components: readonly Candidate[];
  /** Files of values that belong to nothing. */
  open: readonly string[];
  texts: ReadonlyMap<string, string>;
}

/** What Plumbline's configuration cannot say, or what somebody must do, each with its places and the next step. */
export function notesOn({ directories, roots, examples, components, open, texts }: Found): Note[] {
  const paths = [...texts.keys()];
  const terragrunt = paths.filter((path) => /(?:^|\/)terragrunt\.hcl$/.test(path));
  const partial = paths.filter((path) => /\.(?:backend|tfbackend)$|(?:^|[-_./])backend\.hcl$/.test(path));
  const notes: Note[] = [
    ...[...directories.values()].flatMap(({ files }) =>
      [...files.values()].flatMap(({ path, errors }) =>
        errors.map(({ line, message }): Note => ({
          level: "problem",
          message: `It cannot be read: ${message}`,
          next: "Correct the file; the rest was read.",
          places: [{ file: path, line }],
        })),
      ),
    ),
    ...components.flatMap(({ name, blocked }): Note[] =>
      blocked === undefined
        ? []
        : [
            {
              level: "todo",
              message: `${name} stands in plumbline.yaml as a comment: ${blocked.reason}.`,
              next: blocked.next,
              places: blocked.places,
            },
          ],
    ),
    {
      level: "todo",
      message:
        "State is kept elsewhere. Plumbline keeps it itself; these blocks are out of force in its runs and may stay.",
      next: "Take over each existing state before the first apply (plumb state import WORKSPACE FILE), or it would create everything again.",
      places: roots.flatMap(({ backends }) => backends),
    },
    {
      level: "note",
      message: "Settings of backends stand in files; Plumbline does not use them.",
      next: "They say where the existing states are; keep them until those are taken over.",
      places: files(partial),
    },
    {
      level: "todo",
      message:
        "Outputs are read from another state. In Plumbline they are inputs, which also say what is applied first.",
      next: "Write a variable instead, and inputs: { variable: component.output } in plumbline.yaml.",
      places: roots.flatMap(({ remoteStates }) => remoteStates),
    },
    {
      level: "todo",
      message: "The engine reads these values by itself, in every environment; files of an environment win over them.",
      next: "Remove them where they belong to one environment: its values are proposed in environments/.",
      places: files(ownValues(components, paths)),
    },
    {
      level: "todo",
      message: "The code decides by terraform.workspace. Plumbline's workspaces have the name default there.",
      next: "Write a variable instead (environment), with its value in environments/<environment>/common.tfvars.",
      places: [...directories.values()].flatMap(({ workspaces }) => workspaces),
    },
    {
      level: "todo",
      message: "These are terragrunt's. Plumbline runs terraform or tofu, not terragrunt.",
      next: "Write a component for each module they name: a directory whose main.tf calls it; its inputs become values files.",
      places: files(terragrunt),
    },
    {
      level: "todo",
      message: "Nobody can tell by the path which environment or component these values are for.",
      next: "Copy them to environments/<environment>/<component>.tfvars, or common.tfvars.",
      places: files(open),
    },
    {
      level: "note",
      message: "Examples and tests of modules were left out.",
      next: "Name one in plumbline.yaml if it is planned all the same.",
      places: files(examples),
    },
    {
      level: "todo",
      message: "CODEOWNERS names a placeholder.",
      next: "Put the people or teams there who approve.",
      places: codeOwnersPaths.some((path) => texts.has(path)) ? [] : [{ file: "CODEOWNERS", line: 3 }],
    },
  ];
  return notes.filter(({ places }) => places.length > 0);
}

function files(paths: readonly string[]): At[] {
  return paths.map((file) => ({ file, line: 1 }));
}

/** Values beside the code of a component that was made of one environment's directory. */
function ownValues(components: readonly Candidate[], paths: readonly string[]): string[] {
  const shared = new Set(
    components
      .filter((one) => one.directories.size > 1 && one.blocked === undefined && !hasTemplate(one))
      .map((one) => one.path),
  );
  return paths.filter(
    (path) => /(?:^|\/)(?:terraform|[^/]+\.auto)\.tfvars$/.test(path) && shared.has(posix.dirname(path)),
  );
}
