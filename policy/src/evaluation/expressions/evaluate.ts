import type { Expression } from "../syntax/expression.ts";
import { same } from "../values/compare.ts";
import { toBool, toText } from "../values/convert.ts";
import {
  CannotTell,
  elementsOf,
  EvaluationFault,
  isKnown,
  kindOf,
  LimitReached,
  ListValue,
  MapValue,
  Open,
  SetValue,
  Unknown,
  unknownFrom,
} from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { longestText } from "../functions/strings.ts";
import { textInPart, unknownWithText } from "../values/text-in-part.ts";
import { evaluateCall } from "./call.ts";
import { evaluateFor, evaluateRepeat } from "./loops.ts";
import { evaluateBinary, evaluateUnary } from "./operators.ts";
import type { Scope } from "./scope.ts";
import { withNames } from "./scope.ts";

/** Name of the element inside a splat; no name in code can be this. */
const splatItem = "*";

/**
 * The value of an expression. What cannot be known is `Unknown`, never a guess. Throws `EvaluationFault` where Terraform would
 * refuse the expression, and `LimitReached`.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  return scope.budget.step(() => evaluateKind(expression, scope));
}

/** Like `evaluate`, with what only Terraform can tell as unknown. */
function evaluateKind(expression: Expression, scope: Scope): Value {
  try {
    return evaluateOpen(expression, scope);
  } catch (fault) {
    if (!(fault instanceof CannotTell)) throw fault;
    scope.note(fault.message);
    return new Unknown();
  }
}

function evaluateOpen(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "literal":
      return literal(expression.value);
    case "template":
      return evaluateTemplate(expression.parts, scope);
    case "repeat":
      return evaluateRepeat(expression.loop, expression.body, scope);
    case "variable": {
      const value = scope.read(expression.name);
      if (value === undefined) throw new CannotTell(`nothing is known of ${expression.name}`);
      return value;
    }
    case "item":
      return scope.read(splatItem) ?? null;
    case "attribute":
      return attributeOf(evaluate(expression.of, scope), expression.name);
    case "index":
      return indexOf(evaluate(expression.of, scope), evaluate(expression.key, scope));
    case "splat":
      return evaluateSplat(evaluate(expression.of, scope), expression.each, scope);
    case "call":
      return evaluateCall(expression, scope);
    case "unary":
      return evaluateUnary(expression.operator, evaluate(expression.operand, scope));
    case "binary":
      return evaluateBinary(expression, scope);
    case "conditional":
      return evaluateConditional(expression, scope);
    case "tuple":
      return new ListValue(expression.items.map((item) => evaluate(item, scope)));
    case "object":
      return evaluateObject(expression, scope);
    case "for":
      return evaluateFor(expression, scope);
  }
}

function literal(value: null | boolean | number | string): Value {
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new CannotTell("the number is too large to be held exactly");
  return value;
}

function evaluateTemplate(parts: readonly Expression[], scope: Scope): Value {
  const values = parts.map((part) => evaluate(part, scope));
  if (!values.every(isKnown)) {
    const texts = values.map(textInPart);
    return texts.includes(undefined) ? unknownFrom(values) : unknownWithText(texts.join(""), values);
  }
  const text = values.map(toText).join("");
  if (text.length > longestText) throw new LimitReached(`a text grows beyond ${longestText} characters`);
  return text;
}

/** `value.name`; of what is not written down everything is unknown. */
function attributeOf(value: Value, name: string): Value {
  if (value instanceof Open) return value.read(name);
  if (value instanceof Unknown) return new Unknown(value.origins);
  if (value instanceof MapValue) {
    const found = value.entries.get(name);
    if (found === undefined) throw new EvaluationFault(`there is no attribute ${JSON.stringify(name)}`);
    return found;
  }
  // A nested block that may stand once only is an object to some providers, and a list of one to others.
  if (value instanceof ListValue && value.items.length === 1 && value.items[0] instanceof Open)
    return value.items[0].read(name);
  throw new EvaluationFault(`${kindOf(value)} has no attribute ${JSON.stringify(name)}`);
}

function indexOf(value: Value, key: Value): Value {
  if (key instanceof Unknown || value instanceof Unknown) return unknownFrom([value, key]);
  if (value instanceof Open) return typeof key === "string" ? value.read(key) : new Unknown();
  if (value instanceof MapValue) return attributeOf(value, toText(key));
  if (value instanceof ListValue) {
    const position = typeof key === "string" && /^\d+$/.test(key) ? Number(key) : key;
    const found = typeof position === "number" ? value.items[position] : undefined;
    if (found === undefined)
      throw new EvaluationFault(`the list has no element ${typeof key === "object" ? "" : String(key)}`);
    return found;
  }
  throw new EvaluationFault(`${kindOf(value)} has no elements`);
}

function evaluateSplat(value: Value, each: Expression, scope: Scope): Value {
  if (value === null) return new ListValue([]);
  if (value instanceof Unknown) return new Unknown(value.origins);
  const elements = value instanceof ListValue ? value.items : value instanceof SetValue ? elementsOf(value) : [value];
  if (!elements) return unknownFrom([value]);
  return new ListValue(elements.map((element) => evaluate(each, withNames(scope, new Map([[splatItem, element]])))));
}

/** An unknown condition does not matter where both results are the same. */
function evaluateConditional(expression: Expression & { kind: "conditional" }, scope: Scope): Value {
  const condition = evaluate(expression.condition, scope);
  if (isKnown(condition)) {
    if (condition === null) throw new EvaluationFault("a condition is null");
    const chosen = toBool(condition);
    const value = evaluate(chosen ? expression.whenTrue : expression.whenFalse, scope);
    return likeOther(value, chosen ? expression.whenFalse : expression.whenTrue);
  }
  const outcomes = [expression.whenTrue, expression.whenFalse].map((branch) => {
    try {
      return evaluate(branch, scope);
    } catch (fault) {
      if (fault instanceof EvaluationFault) return new Unknown();
      throw fault;
    }
  });
  const [whenTrue = null, whenFalse = null] = outcomes;
  return same(whenTrue, whenFalse) ? whenTrue : unknownFrom([condition, ...outcomes]);
}

/** Both results get one type: beside a text a number becomes a text. */
function likeOther(value: Value, other: Expression): Value {
  if (typeof value !== "number" && typeof value !== "boolean") return value;
  const isText = other.kind === "template" || (other.kind === "literal" && typeof other.value === "string");
  return isText ? toText(value) : value;
}

function evaluateObject(expression: Expression & { kind: "object" }, scope: Scope): Value {
  const entries = new Map<string, Value>();
  for (const entry of expression.entries) {
    const key = evaluate(entry.key, scope);
    if (!isKnown(key)) return unknownFrom([key, ...entries.values()]);
    entries.set(toText(key), evaluate(entry.value, scope));
  }
  return new MapValue(entries);
}
