import { posix } from "node:path";
import type { EvaluationProblem, EvaluationUnknown } from "../evaluation.ts";
import { Budget } from "../expressions/budget.ts";
import type { Scope } from "../expressions/scope.ts";
import type { Place } from "../syntax/body.ts";
import type { Expression } from "../syntax/expression.ts";
import { EvaluationFault, LimitReached, Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { configure, isModuleFile, parseFile } from "./module-config.ts";
import type { ModuleConfig } from "./module-config.ts";
import type { ParsedFile } from "../syntax/body.ts";

/** What all modules of one evaluation share: the sources, the limits and what is told about them. */
export class World {
  readonly budget = new Budget();
  readonly problems: EvaluationProblem[] = [];
  readonly unknowns: EvaluationUnknown[] = [];
  readonly #files: ReadonlyMap<string, string>;
  readonly #root: string;
  readonly #byDirectory: ReadonlyMap<string, readonly string[]>;
  readonly #configs = new Map<string, ModuleConfig>();
  readonly #told = new Set<string>();

  constructor(files: ReadonlyMap<string, string>, root: string) {
    this.#files = files;
    this.#root = root;
    this.#byDirectory = Map.groupBy([...files.keys()].filter(isModuleFile), (path) => posix.dirname(path));
  }

  hasModule(directory: string): boolean {
    return this.#byDirectory.has(directory);
  }

  /** The declarations of a directory; faults in its files are told once. */
  configOf(directory: string): ModuleConfig {
    const known = this.#configs.get(directory);
    if (known) return known;
    const parsed = new Map<string, ParsedFile>();
    for (const path of this.#byDirectory.get(directory) ?? []) parsed.set(path, this.parse(path));
    const config = configure(directory, parsed);
    this.#configs.set(directory, config);
    return config;
  }

  parse(path: string): ParsedFile {
    const file = parseFile(path, this.#files.get(path) ?? "");
    for (const { message, place } of file.faults) this.problem(`${path} cannot be read: ${message}`, place);
    return file;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  paths(): Iterable<string> {
    return this.#files.keys();
  }

  /** A file named by the code, relative to the root module, where Terraform runs. */
  textOf(path: string): string | undefined {
    if (path.startsWith("/") || path.startsWith("~")) return undefined;
    return this.#files.get(posix.normalize(posix.join(this.#root, path)));
  }

  problem(message: string, place: Place): void {
    if (this.#first(`${message} ${place.file}:${place.line}`)) this.problems.push({ message, ...place });
  }

  unknown(what: string, place: Place, address?: string): void {
    const { file, line } = place;
    if (this.#first(`? ${what} ${file}:${line} ${address ?? ""}`))
      this.unknowns.push({ ...(address === undefined || address === "" ? {} : { address }), what, file, line });
  }

  #first(key: string): boolean {
    const before = this.#told.size;
    this.#told.add(key);
    return this.#told.size > before;
  }

  /** Evaluates one expression; what Terraform would refuse is unknown and told, a limit is a problem. */
  value(expression: Expression, place: Place, scope: Scope, address?: string): Value {
    const note = (what: string): void => this.unknown(what, place, address);
    const value = this.attempt(place, address, () => scope.evaluate(expression, { ...scope, note }));
    return value === undefined ? new Unknown() : value;
  }

  /** Runs a part of the evaluation; undefined where it could not be done, which is then told. */
  attempt<T>(place: Place, address: string | undefined, act: () => T): T | undefined {
    try {
      return act();
    } catch (fault) {
      if (fault instanceof EvaluationFault) this.unknown(fault.message, place, address);
      else if (fault instanceof LimitReached) this.problem(`This could not be evaluated: ${fault.message}`, place);
      else if (fault instanceof RangeError) this.problem("This could not be evaluated: it is nested too deeply", place);
      else throw fault;
      return undefined;
    }
  }
}
