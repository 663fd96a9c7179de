import { EvaluationFault, kindOf, ListValue, MapValue } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** A function of Terraform that depends on nothing but its arguments. */
export interface PureFunction {
  /** Fewest and most arguments. */
  arity: readonly [number, number];
  /** Works also where parts of the arguments are unknown; the others are then not called. */
  partial: boolean;
  /** Takes null as an argument. */
  nullable: boolean;
  /** Throws `EvaluationFault` where Terraform refuses, `CannotTell` where only Terraform knows. */
  apply: (...values: readonly Value[]) => Value;
}

export type Functions = Readonly<Record<string, PureFunction>>;

const any = Number.POSITIVE_INFINITY;

export function pure(fewest: number, most: number, apply: PureFunction["apply"]): PureFunction {
  return { arity: [fewest, most], partial: false, nullable: false, apply };
}

/** Any number of arguments from `fewest` on. */
export function variadic(fewest: number, apply: PureFunction["apply"]): PureFunction {
  return pure(fewest, any, apply);
}

/** One that can do with unknown parts. */
export function partial(fewest: number, most: number, apply: PureFunction["apply"]): PureFunction {
  return { ...pure(fewest, most, apply), partial: true };
}

export function nullable(own: PureFunction): PureFunction {
  return { ...own, nullable: true };
}

/** The argument at a position; the number of them is checked before. */
export function at(values: readonly Value[], position: number): Value {
  const value = values[position];
  if (value === undefined) throw new EvaluationFault("an argument is missing");
  return value;
}

export function asMap(value: Value): MapValue {
  if (value instanceof MapValue) return value;
  throw new EvaluationFault(`a map is needed, not ${kindOf(value)}`);
}

export function list(items: readonly Value[]): ListValue {
  return new ListValue(items);
}
