/** What the server can name. */
export const nameKinds = [
  "workspaces",
  "environments",
  "components",
  "repositories",
  "pull-requests",
  "runs",
  "cases",
  "people",
  "runners",
] as const;
export type NameKind = (typeof nameKinds)[number];

const byName: Record<string, NameKind | "files"> = {
  workspace: "workspaces",
  workspaces: "workspaces",
  environment: "environments",
  environments: "environments",
  component: "components",
  repository: "repositories",
  "pull-request": "pull-requests",
  actor: "people",
  folder: "files",
  path: "files",
  file: "files",
  output: "files",
  "token-file": "files",
  "secret-file": "files",
  case: "cases",
  plan: "files",
};

const numbers: Record<string, NameKind> = { prs: "pull-requests", runs: "runs", drift: "cases" };
const names: Record<string, NameKind> = {
  people: "people",
  runners: "runners",
  repositories: "repositories",
};

/** What an argument or option holds, by its name and by the group of its command: `prs show <number>`. */
export function kindOf(name: string, group: string): NameKind | "files" | undefined {
  if (name === "number") return numbers[group];
  if (name === "name" && Object.hasOwn(names, group)) return names[group];
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}
