import { hasTemplate } from "./group-components.ts";
import type { Candidate } from "./group-components.ts";
import { isProduction, shortName } from "./environment-names.ts";
import type { EngineChoice } from "./engine-choice.ts";
import type { KeptValues } from "./values-templates.ts";

/** What the texts are made of. */
export interface Topology {
  components: readonly Candidate[];
  environments: readonly string[];
  /** Nothing named them: there is one, by a name of ours. */
  assumedEnvironments: boolean;
  engine: EngineChoice;
  /** Values files that stay where they are, by component. */
  kept: ReadonlyMap<string, KeptValues>;
  /** The environments of each component that does not exist in all. */
  existing: ReadonlyMap<string, string[] | undefined>;
}

/** plumbline.yaml with a reason beside each line. */
export function plumblineText(topology: Topology): string {
  const { components, environments, assumedEnvironments, engine } = topology;
  const possible = components.filter(({ blocked }) => blocked === undefined);
  const blocked = components.filter((component) => component.blocked !== undefined);
  return [
    "# What this repository consists of. A component runs in every environment, unless it names those it exists in.",
    "version: 1",
    "# From the ground up: a component may depend on its own layer and those before it. plumb init cannot know your layers;",
    "# split them as soon as that says something: [platform, shared, application]",
    "layers: [application]",
    "# Root modules. One that needs outputs of another says so, and then depends on it:",
    "#   database: { path: …, layer: …, inputs: { vpc_id: network.vpc_id } } # variable: component.output",
    possible.length === 0 ? "components: {}" : "components:",
    ...possible.flatMap((component) => componentLines(component, topology)),
    ...(blocked.length === 0 ? [] : ["  # Not possible as it stands; what to do stands beside each:"]),
    ...blocked.flatMap(({ name, path, directories, blocked: why }) => [
      `  # ${name}: { path: ${quoted(path)}, layer: application }`,
      `  #   from ${[...directories.values()].map((one) => quoted(one.path)).join(", ")}`,
      `  #   ${why?.reason ?? ""}`,
      `  #   ${why?.next ?? ""}`,
    ]),
    "# In order of promotion: what applied cleanly in one may be promoted to the next.",
    ...(assumedEnvironments
      ? ["# No directory and no file of values names one: this one is assumed. Name yours."]
      : []),
    ...(environments.some(isOfClient)
      ? [
          "# What stands before a slash is the client an environment belongs to; an apply waits for those of the same client only.",
        ]
      : []),
    `environments: [${environments.join(", ")}]`,
    engine.asked === 0
      ? "# No root module has a required_version; narrow this to what you run. The runner's configuration pins the binary."
      : `# The required_version of ${engine.asked} of your root modules. The runner's configuration pins the binary.`,
    `engine: { name: ${engine.name}, version: ${JSON.stringify(engine.version)} }`,
    "",
  ].join("\n");
}

function isOfClient(name: string): boolean {
  return name.includes("/");
}

/** A list of environments, with `globex/*` for all of a client's. */
function listed(names: readonly string[], all: readonly string[]): string {
  const ofClient = (name: string, list: readonly string[]) =>
    list.filter((one) => one.startsWith(`${name.slice(0, -shortName(name).length)}`));
  const short = names.map((name) =>
    isOfClient(name) && ofClient(name, names).length === ofClient(name, all).length
      ? `"${name.slice(0, -shortName(name).length)}*"`
      : name,
  );
  return [...new Set(short)].join(", ");
}

function componentLines(component: Candidate, { engine, environments, kept, existing }: Topology): string[] {
  const { name, path, directories } = component;
  const own = engine.others.get(path);
  const values = kept.get(name)?.templates;
  const only = existing.get(name);
  const isHere = directories.size > 0 ? "has a directory" : "has values";
  const others = [...directories.values()].map((one) => one.path).filter((one) => one !== path);
  return [
    ...(hasTemplate(component) || others.length === 0
      ? []
      : [replacedLine(others, others.length === directories.size)]),
    `  ${name}:`,
    hasTemplate(component)
      ? `    path: ${quoted(path)} # each environment has its own directory`
      : `    path: ${quoted(path)}${path === "." ? " # the repository itself; rules, values files and what is about it (README, hidden files) are none of its code" : ""}`,
    ...(only === undefined ? [] : [`    environments: [${listed(only, environments)}] # it ${isHere} in these only`]),
    ...(values === undefined
      ? []
      : [
          `    values: ${values.length === 1 ? quoted(values[0] ?? "") : `[${values.map(quoted).join(", ")}]`} # the strongest last; read from main, whatever a pin says`,
        ]),
    "    layer: application",
    ...(own === undefined
      ? []
      : [`    engine: { name: ${engine.name}, version: ${JSON.stringify(own)} } # its own required_version`]),
  ];
}

function replacedLine(others: readonly string[], isMade: boolean): string {
  const from = others.map(quoted).join(", ");
  return isMade
    ? `  # One code made of ${from}: compare it with them, and remove them once it is applied.`
    : `  # The same code stands in ${from}: remove it there once this one is applied.`;
}

/** environment.yaml with a reason beside each line. */
export function environmentText(name: string): string {
  const production = isProduction(name);
  return [
    `# Rules of ${name}. Read from main: a change of them works after its own merge.`,
    `approvals: ${production ? 2 : 1} # how many people approve a change, none of them its author`,
    `credentials: ${name} # set them with: plumb credentials set ${name} --phase plan --file FILE, and --phase apply`,
    `drift: { every: ${production ? "15m" : "1h"} } # how soon a change made elsewhere is found`,
    "# ticket: { required: true, pattern: '[A-Z]+-[0-9]+' } # every change names a ticket",
    "# propose: ['@team'] # who may propose, besides having the right to",
    "# pin: { ref: 0000000000000000000000000000000000000000 } # a commit of main; promotions move it. Without one it follows main",
    "",
  ].join("\n");
}

/** CODEOWNERS: one owner of all, to be replaced. */
export function codeOwnersText(components: readonly Candidate[], environments: readonly string[]): string {
  const anyEnvironment = environments.some(isOfClient) ? "*/*" : "*";
  const clients = [...new Set(environments.filter(isOfClient).map((name) => name.slice(0, name.indexOf("/"))))];
  return [
    "# Who must approve what; the last line that matches a path decides. @platform is a placeholder: name people of your",
    "# organization (plumb people list), or write lines for the teams that own something.",
    "* @platform",
    ...components
      .filter(({ path }) => path !== ".")
      .slice(0, 5)
      .map(
        ({ path }) =>
          `# /${path
            .replaceAll("{environment}", anyEnvironment)
            .replaceAll(/\{(?:client|short)\}/g, "*")
            .replaceAll(" ", "\\ ")}/ @team`,
      ),
    ...clients.slice(0, 5).map((client) => `# /environments/${client}/ @team # rules and values of one client`),
    "# An exception from a rule needs the same people as the rule.",
    "/policies/ @platform",
    "",
  ].join("\n");
}

/** policies/plumbline-policy.yaml: what holds without it, to be narrowed. */
export function policyText(environments: readonly string[]): string {
  const production = environments.filter(isProduction);
  const last = production.at(-1);
  const strict = last === undefined || !isOfClient(last) ? last : `"*/${shortName(last)}"`;
  return [
    "# What blocks a pull request, and what the rules compare with. Read from main. plumb rules list names all rules.",
    "version: 1",
    "# parameters: # rules that need one are in force as soon as it is here",
    "#   required_tags: [owner, environment]",
    "#   allowed_regions: [eu-central-1]",
    ...(strict === undefined
      ? []
      : ["environments:", `  ${strict}:`, "    block: [medium] # beside critical and high, which block everywhere"]),
    "",
  ].join("\n");
}

/** A path as YAML: plain where that is safe. */
function quoted(path: string): string {
  return /^[A-Za-z0-9_][A-Za-z0-9._/-]*$/.test(path) ? path : JSON.stringify(path);
}
