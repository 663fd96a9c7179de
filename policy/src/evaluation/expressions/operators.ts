import type { Expression } from "../syntax/expression.ts";
import { equal } from "../values/compare.ts";
import { exact, toBool, toNumber } from "../values/convert.ts";
import { EvaluationFault, isKnown, unknownFrom } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";

export function evaluateUnary(operator: string, operand: Value): Value {
  if (!isKnown(operand)) return unknownFrom([operand]);
  return operator === "!" ? !toBool(operand) : -toNumber(operand);
}

export function evaluateBinary(expression: Expression & { kind: "binary" }, scope: Scope): Value {
  const { operator } = expression;
  if (operator === "&&" || operator === "||") return evaluateLogic(expression, operator === "||", scope);
  const [left, right] = [scope.evaluate(expression.left, scope), scope.evaluate(expression.right, scope)];
  if (operator === "==" || operator === "!=") {
    const same = equal(left, right);
    return same === undefined ? unknownFrom([left, right]) : same === (operator === "==");
  }
  if (!isKnown(left) || !isKnown(right)) return unknownFrom([left, right]);
  return calculate(operator, toNumber(left), toNumber(right));
}

/** One side can decide although the other is unknown, or would be refused: later versions do not look at it. */
function evaluateLogic(expression: Expression & { kind: "binary" }, decides: boolean, scope: Scope): Value {
  const left = scope.evaluate(expression.left, scope);
  if (isKnown(left) && toBool(left) === decides) return decides;
  const right = scope.evaluate(expression.right, scope);
  if (isKnown(right) && toBool(right) === decides) return decides;
  return isKnown(left) && isKnown(right) ? !decides : unknownFrom([left, right]);
}

function calculate(operator: string, left: number, right: number): Value {
  switch (operator) {
    case "+":
      return exact(left + right);
    case "-":
      return exact(left - right);
    case "*":
      return exact(left * right);
    case "/":
    case "%":
      if (right === 0) throw new EvaluationFault("division by zero");
      return exact(operator === "/" ? left / right : left % right);
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "<=":
      return left <= right;
    case ">=":
      return left >= right;
    default:
      throw new EvaluationFault(`there is no operator ${operator}`);
  }
}
