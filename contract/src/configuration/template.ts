import { suggest } from "./suggestion.ts";
import { quote } from "./reading/yaml-file.ts";

/** What stands for something in a path of plumbline.yaml. */
const placeholders = ["environment", "component", "client", "short"] as const;
type Placeholder = (typeof placeholders)[number];

/** What people write who mean one of them. */
const meant: Record<string, Placeholder> = {
  env: "environment",
  environment_name: "environment",
  stage: "short",
  name: "component",
  module: "component",
  customer: "client",
  tenant: "client",
};

const written = /\{([^{}/]*)\}/g;

/** Whether a path differs between environments; one without a placeholder is taken as it is written. */
export function isTemplate(path: string): boolean {
  return path.includes("{");
}

/** What is wrong with the placeholders of a path: a sentence, and what could stand there. */
export function templateMistakes(path: string): { message: string; proposal?: string }[] {
  const known: readonly string[] = placeholders;
  const found = [...path.matchAll(written)].flatMap(([whole, name = ""]): { message: string; proposal?: string }[] => {
    if (known.includes(name)) return [];
    const word = name.toLowerCase();
    const near = Object.hasOwn(meant, word) ? meant[word] : suggest(word, placeholders);
    const message = `unknown placeholder ${quote(whole)}; there are ${placeholders.map((one) => `{${one}}`).join(", ")}`;
    return [{ message, ...(near === undefined ? {} : { proposal: `{${near}}` }) }];
  });
  if (/[{}]/.test(path.replaceAll(written, "")))
    found.push({ message: `a brace of ${quote(path)} belongs to no placeholder` });
  return found;
}

/**
 * A path with its placeholders filled in: `{environment}` is the whole name (`globex/prod`), `{client}` and `{short}` its
 * two parts, `{short}` the whole name where there is no client. `{client}` stays as it is in an environment without one.
 */
export function fillTemplate(path: string, component: string, environment: string): string {
  if (!isTemplate(path)) return path;
  const slash = environment.indexOf("/");
  const values: Record<Placeholder, string | undefined> = {
    environment,
    component,
    client: slash < 0 ? undefined : environment.slice(0, slash),
    short: environment.slice(slash + 1),
  };
  return path.replaceAll(written, (whole, name: string) =>
    name === "environment" || name === "component" || name === "client" || name === "short"
      ? (values[name] ?? whole)
      : whole,
  );
}
