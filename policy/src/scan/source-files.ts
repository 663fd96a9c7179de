import { posix } from "node:path";

/** Configuration in Terraform's or OpenTofu's syntax, native or JSON. */
export function isConfiguration(path: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(path);
}

/** Files that are judged: configuration and variable values. */
export function isSource(path: string): boolean {
  return /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(path);
}

const data =
  /\.(?:json|ya?ml|txt|csv|xml|conf|cfg|pub|pem|crt|key|env|ini|properties|toml|sql|service|hcl|nomad|ign|bu)$/i;
const templates = /\.(?:tftpl|tpl|tmpl|template|j2|erb|cloud-?config|user-?data)$/i;
const scripts = /\.(?:sh|bash|zsh|ksh|ps1|bat|cmd|py)$/i;
/** A Dockerfile, a script without an ending. */
const withoutEnding = /(?:^|\/)[^./]+$/;

/** Files that configuration may read while it is evaluated: policies, templates, scripts, data. */
export function isReadByConfiguration(path: string): boolean {
  return [data, templates, scripts, withoutEnding].some((kind) => kind.test(path));
}

/** Files that say something by being there: a module's README, the lock file of the providers. */
export function isNoticed(path: string): boolean {
  return /(?:^|\/)(?:readme(?:\.(?:md|txt|adoc))?|\.terraform\.lock\.hcl)$/i.test(path);
}

/**
 * Values that hold for a root module, the one that wins last: what an engine reads by itself, then the environment's:
 * `environments/<name>/common.tfvars` and the file there that is called like the module's directory, or `<name>.tfvars`
 * beside the module or in its `env/`, `envs/`, `vars/` or `tfvars/`.
 */
export function variableFilesOf(paths: Iterable<string>, directory: string, environment: string): string[] {
  const inside = (path: string): string | undefined =>
    directory === "." ? path : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
  const weighed = [...paths].flatMap((path) => {
    const file = /^(?:.*\/)?([^/]+)\.tfvars(?:\.json)?$/.exec(path)?.[1];
    if (file === undefined) return [];
    const weight = ownWeight(inside(path)) ?? environmentWeight(path, inside(path), file, directory, environment);
    return weight === undefined ? [] : [{ path, weight }];
  });
  return weighed
    .toSorted((left, right) => left.weight - right.weight || (left.path < right.path ? -1 : 1))
    .map(({ path }) => path);
}

function ownWeight(inside: string | undefined): number | undefined {
  if (inside === "terraform.tfvars") return 0;
  if (inside === "terraform.tfvars.json") return 1;
  return inside !== undefined && /^[^/]+\.auto\.tfvars(?:\.json)?$/.test(inside) ? 2 : undefined;
}

function environmentWeight(
  path: string,
  inside: string | undefined,
  file: string,
  directory: string,
  environment: string,
): number | undefined {
  if (environment === "") return undefined;
  if (`/${posix.dirname(path)}`.endsWith(`/environments/${environment}`))
    return file === "common" ? 3 : file === posix.basename(directory) ? 4 : undefined;
  const isBeside = inside !== undefined && /^(?:(?:env|envs|vars|tfvars)\/)?[^/]+$/.test(inside);
  return isBeside && file === environment ? 4 : undefined;
}
