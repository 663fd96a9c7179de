import type { AssignedValues } from "./assign-values.ts";
import type { At } from "./directory.ts";
import type { Generalized } from "./generalize.ts";
import type { Note } from "./proposal.ts";
import type { KeptValues } from "./values-templates.ts";
import { joinValues, secretsIn } from "./values-text.ts";

/** Whether a file holds values of variables; examples of such files do not. */
export function isValues(path: string): boolean {
  return /\.tfvars(?:\.json)?$/.test(path) && !/(?:^|[/._-])(?:example|sample|template)s?[./_-]/i.test(path);
}

/** The files of values that are proposed, and what is to be said about those they were made of. */
export function valueFiles(
  assigned: readonly AssignedValues[],
  texts: ReadonlyMap<string, string>,
  possible: ReadonlySet<string>,
  made: ReadonlyMap<string, Generalized>,
  kept: ReadonlyMap<string, KeptValues>,
): { files: { path: string; text: string }[]; notes: Note[] } {
  const usable = assigned.filter(
    ({ component }) => component === "common" || (possible.has(component) && !kept.has(component)),
  );
  const staying = [...kept.values()].flatMap((one) => one.files);
  const targets = Map.groupBy(
    usable,
    ({ environment, component }) => `environments/${environment}/${component}.tfvars`,
  );
  const json: At[] = [];
  const secrets: At[] = [];
  const added = new Map<string, string[]>();
  for (const [component, { values }] of made)
    for (const [environment, lines] of values) added.set(`environments/${environment}/${component}.tfvars`, lines);
  const paths = new Set([...targets.keys(), ...added.keys()]);
  const files = [...paths].flatMap((path) => {
    const sources = targets.get(path) ?? [];
    const lines = added.get(path) ?? [];
    const readable = sources.filter(({ file }) => file !== path && !file.endsWith(".json"));
    json.push(...sources.filter(({ file }) => file.endsWith(".json")).map(({ file }) => ({ file, line: 1 })));
    if (readable.length === 0 && lines.length === 0) return [];
    const joined = joinValues(
      readable.map(({ file }) => ({ file, text: texts.get(file) ?? "" })),
      path,
    );
    secrets.push(...joined.secrets);
    const more = lines.length === 0 ? "" : `# What was written out in its code:\n${lines.join("\n")}\n`;
    return [{ path, text: joined.text + more }];
  });
  const notes: Note[] = [
    {
      level: "todo",
      message: "Values look like secrets; in Git everybody can read them.",
      next: "Set them sealed (plumb variables set NAME --environment E --component C), take them out here and replace them.",
      places: staying.flatMap((file) => secretsIn({ file, text: texts.get(file) ?? "" })),
    },
    {
      level: "todo",
      message: "Values look like secrets; in Git everybody can read them. They were left out of the proposed files.",
      next: "Set them sealed (plumb variables set NAME --environment E --component C), take them out here and replace them.",
      places: secrets,
    },
    {
      level: "todo",
      message: "Values are written as JSON, and Plumbline reads values from .tfvars files only.",
      next: "Write them as HCL into environments/<environment>/<component>.tfvars.",
      places: json,
    },
  ];
  return { files, notes: notes.filter(({ places }) => places.length > 0) };
}
