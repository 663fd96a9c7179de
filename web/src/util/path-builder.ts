/** Every address of the web UI. Nothing else writes one. */
export const pathTo = {
  overview: () => "/",
  login: (next?: string) => (next === undefined || next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`),
  setUp: () => "/setup",
  pullRequests: (search?: { status?: string; open?: "new" | "promotion" }) => `/pull-requests${query(search)}`,
  pullRequest: (
    number: number,
    search?: { tab?: string; workspace?: string; file?: string; line?: number; from?: number },
  ) => `/pull-requests/${number}${query(search)}`,
  runs: (search?: { workspace?: string; status?: string; kind?: string }) => `/runs${query(search)}`,
  run: (number: number, line?: number) => `/runs/${number}${query({ line })}`,
  drift: (search?: { status?: string; workspace?: string }) => `/drift${query(search)}`,
  driftCase: (number: number) => `/drift/${number}`,
  workspaces: (search?: {
    environment?: string;
    state?: string;
    search?: string;
    tab?: "graph" | "parity";
    component?: string;
  }) => `/workspaces${query(search)}`,
  /** By its name alone where it is not known of which repository it is; the page asks where there are several. */
  workspace: (workspace: string | NamedWorkspace, search?: { tab?: "state" | "runs" }) =>
    `/workspaces/${(typeof workspace === "string" ? workspace : fullName(workspace)).split("/").map(inPath).join("/")}${query(search)}`,
  /** A file as it stands on main, or at a commit. */
  file: (repository: string, path: string, search?: { line?: number | undefined; commit?: string | undefined }) =>
    `/repositories/${encodeURIComponent(repository)}/${path.split("/").map(encodeURIComponent).join("/")}${query(search)}`,
  clients: (search?: { environments?: string; from?: string; to?: string }) => `/clients${query(search)}`,
  audit: (search?: AuditSearch) => `/audit${query({ ...search })}`,
  policy: (search?: { tab?: string; rule?: string }) => `/policy${query(search)}`,
  runners: () => "/runners",
  people: () => "/people",
  settings: () => "/settings",
};

/** Filters and selection of the audit page, as they stand in the address. */
export interface AuditSearch {
  actor?: string;
  action?: string;
  workspace?: string;
  pullRequest?: number;
  from?: string;
  to?: string;
  entry?: number;
}

/** What a workspace is told by. */
export interface NamedWorkspace {
  repository: string;
  /** `network/prod` */
  name: string;
}

/** A workspace's name that no other one has, `shop:network/prod`: two repositories may have a `network/prod` each. */
export function fullName({ repository, name }: NamedWorkspace): string {
  return `${repository}:${name}`;
}

/** The full name of what a workspace calls `network/prod`, of its own repository, or `shop:network/prod`. */
export function nameFrom({ repository }: NamedWorkspace, name: string): string {
  return name.includes(":") ? name : fullName({ repository, name });
}

/** A part of a path; the colon between repository and component stays readable. */
function inPath(word: string): string {
  return encodeURIComponent(word).replace("%3A", ":");
}

function query(search: Record<string, string | number | undefined> | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search ?? {}))
    if (value !== undefined) parameters.set(name, String(value));
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

/** The same address with the client whose lists its page shows; of all without one. */
export function withClient(href: string, client: string | undefined): string {
  const url = new URL(href, "http://here");
  if (client === undefined) url.searchParams.delete("client");
  else url.searchParams.set("client", client);
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The workspace's name from the parameters of its page's address. */
export function workspaceOfPath(params: { component?: string | undefined; _splat?: string | undefined }): string {
  return `${params.component ?? ""}/${params._splat ?? ""}`;
}
