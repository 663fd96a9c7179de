import { posix } from "node:path";
import type { AssignedValues } from "./assign-values.ts";
import { hasTemplate } from "./group-components.ts";
import type { Candidate } from "./group-components.ts";
import { shortName } from "./environment-names.ts";
import { placeholder } from "./names.ts";

/** Values files that stay where they are: what plumbline.yaml says of them, and the environments that have them. */
export interface KeptValues {
  /** Their paths, the strongest last. */
  templates: string[];
  environments: string[];
  files: string[];
}

/**
 * Components whose values files can stay: each environment has the same ones but for its name in their paths. What lies at
 * Plumbline's own place, or is written as JSON, is none of them.
 */
export function keepValues(
  components: readonly Candidate[],
  assigned: readonly AssignedValues[],
): Map<string, KeptValues> {
  const kept = new Map<string, KeptValues>();
  const byComponent = Map.groupBy(assigned, ({ component }) => component);
  for (const candidate of components) {
    const own = byComponent.get(candidate.name) ?? [];
    if (own.length === 0 || own.some((one) => isOurs(one) || one.file.endsWith(".json"))) continue;
    const byEnvironment = Map.groupBy(own, ({ environment }) => environment);
    const wanted = hasTemplate(candidate) ? [...candidate.directories.keys()] : [...byEnvironment.keys()];
    const sets = wanted.map((environment) =>
      (byEnvironment.get(environment) ?? []).map(({ file }) => templateOf(file, environment)).toSorted(byStrength),
    );
    const [first = []] = sets;
    const same = sets.every((set) => JSON.stringify(set) === JSON.stringify(first));
    if (!same || first.length === 0 || new Set(first).size < first.length || !first.some(hasPlaceholder)) continue;
    kept.set(candidate.name, { templates: first, environments: wanted, files: own.map(({ file }) => file) });
  }
  return kept;
}

function isOurs({ file, environment, component }: AssignedValues): boolean {
  return file === `environments/${environment}/${component}.tfvars`;
}

/**
 * `envs/prod/a.tfvars` as `envs/{environment}/a.tfvars`, `vars/prod.tfvars` and `vars/shop-prod.tfvars` likewise;
 * `clients/globex/prod.tfvars` of `globex/prod` as `clients/{environment}.tfvars`.
 */
function templateOf(file: string, environment: string): string {
  const short = shortName(environment);
  const client = environment === short ? undefined : environment.slice(0, -short.length - 1);
  const folders = posix.dirname(file).split("/");
  const name = posix.basename(file, ".tfvars").split(/([-_.])/);
  const replaced = (words: string[]) =>
    words.map((word) => {
      if (word === short) return client === undefined ? placeholder : "{short}";
      return word === client ? "{client}" : word;
    });
  const path = posix.join(replaced(folders).join("/"), `${replaced(name).join("")}.tfvars`);
  return path.replaceAll("{client}/{short}", placeholder);
}

function hasPlaceholder(template: string): boolean {
  return hasTemplate({ path: template });
}

/** What is for all environments is weaker than what is for one, and shorter paths than longer ones. */
function byStrength(left: string, right: string): number {
  const weight = (template: string) => Number(hasPlaceholder(posix.basename(template)));
  return weight(left) - weight(right) || left.length - right.length || (left < right ? -1 : 1);
}
