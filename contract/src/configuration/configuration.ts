import type { Place } from "../errors.ts";
import type { ScopeCategory } from "../scope.ts";

/** Which engine runs the code. `version` is a constraint as Terraform writes them: `~> 1.10`, `>= 1.9, < 2.0`. */
export interface EngineConstraint {
  name: "terraform" | "tofu";
  version: string;
}

/** The variable `variable` of a component takes the output `output` of the component `component`. */
export interface ComponentInput {
  variable: string;
  component: string;
  output: string;
}

/** The variable `variable` of a component takes an output of a component in another repository, in the same environment. */
export interface ForeignInput extends ComponentInput {
  /** Name of the other repository of the organization. */
  repository: string;
  place: Place;
}

/** Outputs of a component that other repositories of the organization may take. Nothing else of a repository can be taken. */
export interface Export {
  component: string;
  outputs: { name: string; place: Place }[];
}

/** One root module directory. */
export interface Component {
  name: string;
  /**
   * Its directory from the root of the repository, without a leading or trailing slash, as plumbline.yaml says it: with
   * placeholders where it differs between environments. `directoryIn` fills them in.
   */
  path: string;
  /** The environments it exists in, by name or as `globex/*`; left out where it exists in all. */
  environments?: string[];
  /** Its values files as its entry says them, with placeholders. Those that are there: `valuesFiles` of an environment. */
  values?: string[];
  layer: string;
  inputs: ComponentInput[];
  /** Left out where it takes nothing from other repositories. */
  foreignInputs?: ForeignInput[];
  /** Every component it depends on, by `depends_on` or by an input; sorted by name, without repetition. */
  dependsOn: string[];
  /** Further directories or files of the repository that belong to it though no literal in its code names them. */
  modules: string[];
  engine: EngineConstraint;
  renamedFrom?: string;
  /** The line of its entry in plumbline.yaml. */
  place: Place;
}

/** The commit from which an environment, or one component in it, takes its code. */
export interface Pin {
  /** A full commit id: 40 (SHA-1) or 64 (SHA-256) hexadecimal digits. */
  ref: string;
  label?: string;
}

/** A pin of one component, stronger than the environment's. */
export interface ComponentPin extends Pin {
  component: string;
}

/** The ticket that a change of an environment must or may name. */
export interface TicketRule {
  required: boolean;
  /** A safe regular expression; a ticket must match it as a whole. */
  pattern?: string;
  /** Where a ticket is found; `{ticket}` stands for it. */
  url?: string;
}

/** How often a workspace is looked at for drift, in seconds. */
export interface DriftSchedule {
  every: number;
  components: { component: string; every: number }[];
}

/** A part of an environment that need not be code, and the line that says so. */
export interface ScopeDeclaration {
  category: ScopeCategory;
  reason: string;
  place: Place;
}

/** Which version of a sealed variable is in use. `component` is a component's name, or `common` for all of them. */
export interface SealedReference {
  component: string;
  variable: string;
  version: number;
  /** `input`: a variable of the code. `environment`: a variable of the engine's process. */
  as: "input" | "environment";
  /** The phases that receive it; a plan never receives an apply-only one. */
  phases: "plan" | "apply" | "both";
  place: Place;
}

/** One environment with its rules. */
export interface Environment {
  name: string;
  /** The part of the name before the slash, where there is one. */
  client?: string;
  /** Its folder, `environments/<name>`. */
  path: string;
  pin?: Pin;
  componentPins: ComponentPin[];
  /** How many people must approve. */
  approvals: number;
  ticket?: TicketRule;
  /** Name of the credentials that its runs receive; the environment's own name unless it says otherwise. */
  credentials: string;
  drift: DriftSchedule;
  /** Who may propose, as in CODEOWNERS (`@name`, `@org/team`, an address); absent where roles alone decide. */
  propose?: string[];
  /** Who answers for it: `@name`, `@org/team` or an address; absent where its code owners do. */
  owner?: string;
  /** Parts that need not be code in this environment; absent where it says nothing of its own. */
  scope?: ScopeDeclaration[];
  sealed: SealedReference[];
  renamedFrom?: string;
  /** Components that have a values file `environments/<name>/<component>.tfvars`; `common` for all of them. */
  values: string[];
  /** Components whose entry names their values files: those that are there, the strongest last. Left out where none does. */
  namedValues?: { component: string; files: string[] }[];
  /** The lines of Git behind each rule. */
  places: Partial<Record<EnvironmentRule, Place>> & { environment: Place };
}

/** Keys of environment.yaml. */
export type EnvironmentRule =
  | "pin"
  | "approvals"
  | "ticket"
  | "credentials"
  | "drift"
  | "propose"
  | "owner"
  | "renamed_from";

/** What the configuration files of one commit say, checked and resolved. */
export interface Configuration {
  engine: EngineConstraint;
  /** From the ground up: a component may depend on its own layer and those before it. */
  layers: string[];
  /** In dependency order: each after all it depends on; otherwise by layer, then as written. */
  components: Component[];
  /** Left out where other repositories may take nothing. */
  exports?: Export[];
  /** In order of promotion. */
  environments: Environment[];
  /** Parts that need not be code in any environment; absent where plumbline.yaml names none. */
  scope?: ScopeDeclaration[];
}

/** The component of that name. */
export function findComponent(configuration: Configuration, name: string): Component | undefined {
  return configuration.components.find((component) => component.name === name);
}

/** The environment of that name. */
export function findEnvironment(configuration: Configuration, name: string): Environment | undefined {
  return configuration.environments.find((environment) => environment.name === name);
}

/**
 * The environment whose turn is before another's: the nearest one above it in the order of promotion that belongs to the
 * same client, or to none. What one client runs says nothing about what another may have.
 */
export function environmentBefore(configuration: Configuration, name: string): Environment | undefined {
  const order = configuration.environments.findIndex((environment) => environment.name === name);
  const { client } = configuration.environments[order] ?? {};
  return configuration.environments
    .slice(0, Math.max(order, 0))
    .findLast((environment) => environment.client === undefined || environment.client === client);
}

/** Why a part need not be code in an environment: what its own file says, else plumbline.yaml; undefined where it must be. */
export function notNeededIn(
  configuration: Configuration,
  environment: Environment,
  category: ScopeCategory,
): ScopeDeclaration | undefined {
  return [...(environment.scope ?? []), ...(configuration.scope ?? [])].find((one) => one.category === category);
}

/** Seconds between two drift checks of a component in an environment. */
export function driftInterval(environment: Environment, component: string): number {
  return environment.drift.components.find((entry) => entry.component === component)?.every ?? environment.drift.every;
}

/** The pin that holds for a component in an environment: its own, else the environment's, else none (main). */
export function pinOf(environment: Environment, component: string): Pin | undefined {
  const own = environment.componentPins.find((pin) => pin.component === component);
  return own ?? environment.pin;
}
