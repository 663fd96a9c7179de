/** What can be named: by the server, or by what plumb itself holds. */
export const nameKinds = [
  "workspaces",
  "environments",
  "components",
  "repositories",
  "pull-requests",
  "runs",
  "cases",
  "commits",
  "clients",
  "people",
  "roles",
  "runners",
  "credentials",
  "channels",
  "tokens",
  "scopes",
  "catalogues",
  "rules",
  "actions",
  "pages",
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
  case: "cases",
  commit: "commits",
  client: "clients",
  actor: "people",
  action: "actions",
  role: "roles",
  roles: "roles",
  scope: "scopes",
  catalogue: "catalogues",
  "id-or-directory": "rules",
  thing: "pages",
  folder: "files",
  directory: "files",
  path: "files",
  file: "files",
  plan: "files",
};

/** What a name or a number that says no more belongs to, by the group of its command. */
const byGroup: Record<string, Record<string, NameKind>> = {
  number: { prs: "pull-requests", runs: "runs", drift: "cases" },
  name: {
    people: "people",
    runners: "runners",
    repositories: "repositories",
    credentials: "credentials",
    channels: "channels",
  },
  id: { rules: "rules", tokens: "tokens" },
};

/** What an argument or option holds, by its name and by the group of its command: `prs show <number>`. */
export function kindOf(name: string, group: string): NameKind | "files" | undefined {
  if (Object.hasOwn(byGroup, name)) return byGroup[name]?.[group];
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}
