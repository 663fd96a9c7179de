/** Offsets in the text of the file; `end` is that of the character behind. */
export interface Span {
  start: number;
  end: number;
}

/**
 * An HCL expression with all that its value needs. `item` is the element inside a splat. In Terraform's JSON syntax the spans
 * inside a template are those in its text.
 */
export type Expression = Span & ExpressionKind;

type ExpressionKind =
  | { kind: "literal"; value: null | boolean | number | string }
  | { kind: "template"; parts: readonly Expression[] }
  | { kind: "repeat"; loop: Loop; body: Expression }
  | { kind: "variable"; name: string }
  | { kind: "item" }
  | { kind: "attribute"; of: Expression; name: string }
  | { kind: "index"; of: Expression; key: Expression }
  | { kind: "splat"; of: Expression; each: Expression }
  | { kind: "call"; name: string; arguments: readonly Expression[]; spread: boolean }
  | { kind: "unary"; operator: string; operand: Expression }
  | { kind: "binary"; operator: string; left: Expression; right: Expression }
  | { kind: "conditional"; condition: Expression; whenTrue: Expression; whenFalse: Expression }
  | { kind: "tuple"; items: readonly Expression[] }
  | { kind: "object"; entries: readonly ObjectEntry[] }
  | { kind: "for"; loop: Loop; key?: Expression; value: Expression; condition?: Expression; grouped: boolean };

export interface ObjectEntry extends Span {
  key: Expression;
  value: Expression;
}

/** `for key, value in collection`. */
export interface Loop {
  key?: string;
  value: string;
  collection: Expression;
}

/** Every expression right below this one. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "variable":
    case "item":
      return [];
    case "template":
      return expression.parts;
    case "repeat":
      return [expression.loop.collection, expression.body];
    case "attribute":
      return [expression.of];
    case "index":
      return [expression.of, expression.key];
    case "splat":
      return [expression.of, expression.each];
    case "call":
      return expression.arguments;
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case "tuple":
      return expression.items;
    case "object":
      return expression.entries.flatMap((entry) => [entry.key, entry.value]);
    case "for": {
      const { loop, key, value, condition } = expression;
      return [loop.collection, ...(key ? [key] : []), value, ...(condition ? [condition] : [])];
    }
  }
}
