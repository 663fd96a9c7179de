import type { Expression, Loop, ObjectEntry } from "./expression.ts";
import { parseBare, parseHeredoc, parseQuoted } from "./parse-template.ts";
import type { Grammar } from "./parse-template.ts";
import { Scanner } from "./scanner.ts";

/** Binary operators, the loosest first. */
const operators: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<=", ">=", "<", ">"],
  ["+", "-"],
  ["*", "/", "%"],
];

const grammar: Grammar = { expression: parseExpression, loop: parseLoop };

/** A whole text as a template: a template's file, or a string of the JSON syntax. Throws `SyntaxStop`. */
export function parseTemplate(file: string, text: string): Expression {
  return parseBare(new Scanner(file, text), grammar);
}

/** Reads one expression; throws `SyntaxStop` where there is none. */
export function parseExpression(scanner: Scanner): Expression {
  return scanner.nested(() => {
    const condition = parseBinary(scanner, 0);
    scanner.skip();
    if (!scanner.take("?")) return condition;
    const whenTrue = parseExpression(scanner);
    scanner.skip();
    scanner.expect(":", "between the two results of a condition");
    const whenFalse = parseExpression(scanner);
    return { kind: "conditional", condition, whenTrue, whenFalse, start: condition.start, end: whenFalse.end };
  });
}

function parseBinary(scanner: Scanner, level: number): Expression {
  const candidates = operators[level];
  if (!candidates) return parseUnary(scanner);
  let left = parseBinary(scanner, level + 1);
  for (;;) {
    scanner.skip();
    const operator = candidates.find((candidate) => scanner.startsWith(candidate));
    if (operator === undefined) return left;
    scanner.at += operator.length;
    const right = parseBinary(scanner, level + 1);
    left = { kind: "binary", operator, left, right, start: left.start, end: right.end };
  }
}

function parseUnary(scanner: Scanner): Expression {
  scanner.skip();
  const start = scanner.at;
  const sign = scanner.text[start];
  if ((sign !== "-" && sign !== "!") || scanner.startsWith("!="))
    return parseAccesses(scanner, parseTerm(scanner), true);
  scanner.at += 1;
  return scanner.nested(() => {
    const operand = parseUnary(scanner);
    return { kind: "unary", operator: sign, operand, start, end: operand.end };
  });
}

/** `.name`, `[key]`, `.*` and `[*]` behind a term. After `.*` only names follow. */
function parseAccesses(scanner: Scanner, term: Expression, brackets: boolean): Expression {
  const { start } = term;
  let of = term;
  for (;;) {
    scanner.skip();
    if (scanner.startsWith("...")) return of;
    if (scanner.take(".")) {
      scanner.skip();
      if (scanner.take("*")) {
        const each = parseAccesses(scanner, itemAt(scanner), false);
        of = { kind: "splat", of, each, start, end: each.end };
        continue;
      }
      const position = /\d+/y;
      position.lastIndex = scanner.at;
      const digits = position.exec(scanner.text)?.[0];
      if (digits !== undefined) {
        scanner.at += digits.length;
        const key: Expression = {
          kind: "literal",
          value: Number(digits),
          start: position.lastIndex - digits.length,
          end: scanner.at,
        };
        of = { kind: "index", of, key, start, end: scanner.at };
        continue;
      }
      const name = scanner.takeName();
      if (name === undefined) scanner.stop(`Expected the name of an attribute, found ${scanner.found()}`);
      of = { kind: "attribute", of, name, start, end: scanner.at };
    } else if (brackets && scanner.take("[")) {
      const inside = of;
      of = scanner.within(true, () => {
        scanner.skip();
        if (scanner.take("*")) {
          scanner.skip();
          scanner.expect("]", "after *");
          return { kind: "splat", of: inside, each: itemAt(scanner), start, end: scanner.at };
        }
        const key = parseExpression(scanner);
        scanner.skip();
        scanner.expect("]", "after the key");
        return { kind: "index", of: inside, key, start, end: scanner.at };
      });
      if (of.kind === "splat") {
        const each = parseAccesses(scanner, of.each, true);
        of = { ...of, each, end: each.end };
      }
    } else return of;
  }
}

/** The element of a splat, of which nothing is written. */
function itemAt({ at }: Scanner): Expression {
  return { kind: "item", start: at, end: at };
}

const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function parseTerm(scanner: Scanner): Expression {
  scanner.skip();
  const start = scanner.at;
  if (scanner.take("(")) {
    return scanner.within(true, () => {
      const inner = parseExpression(scanner);
      scanner.skip();
      scanner.expect(")", "to close the parenthesis");
      return inner;
    });
  }
  if (scanner.startsWith('"')) return parseQuoted(scanner, grammar);
  if (scanner.startsWith("<<")) return parseHeredoc(scanner, grammar);
  if (scanner.take("[")) return scanner.within(true, () => parseTuple(scanner, start));
  if (scanner.take("{")) return scanner.within(true, () => parseObject(scanner, start));
  number.lastIndex = scanner.at;
  const digits = number.exec(scanner.text)?.[0];
  if (digits !== undefined) {
    scanner.at += digits.length;
    return { kind: "literal", value: Number(digits), start, end: scanner.at };
  }
  const name = scanner.takeName();
  if (name === undefined) scanner.stop(`Expected a value, found ${scanner.found()}`);
  let callee = name;
  while (scanner.take("::")) callee += `::${scanner.takeName() ?? scanner.stop("Expected the name of a function")}`;
  if (scanner.take("(")) return scanner.within(true, () => parseArguments(scanner, callee, start));
  const word = Object.hasOwn(words, name) ? words[name] : undefined;
  const end = start + name.length;
  return word === undefined ? { kind: "variable", name, start, end } : { kind: "literal", value: word, start, end };
}

function parseArguments(scanner: Scanner, name: string, start: number): Expression {
  const list: Expression[] = [];
  let spread = false;
  for (;;) {
    scanner.skip();
    if (scanner.take(")")) break;
    list.push(parseExpression(scanner));
    scanner.skip();
    if (scanner.take("...")) {
      spread = true;
      scanner.skip();
    }
    if (scanner.take(",")) continue;
    scanner.skip();
    scanner.expect(")", `after the arguments of ${name}`);
    break;
  }
  return { kind: "call", name, arguments: list, spread, start, end: scanner.at };
}

function parseTuple(scanner: Scanner, start: number): Expression {
  scanner.skip();
  if (startsFor(scanner)) return parseFor(scanner, "]", start);
  const items: Expression[] = [];
  for (;;) {
    scanner.skip();
    if (scanner.take("]")) return { kind: "tuple", items, start, end: scanner.at };
    items.push(parseExpression(scanner));
    scanner.skip();
    if (scanner.take(",")) continue;
    scanner.expect("]", "after the elements of a list");
    return { kind: "tuple", items, start, end: scanner.at };
  }
}

function parseObject(scanner: Scanner, start: number): Expression {
  scanner.skip();
  if (startsFor(scanner)) return parseFor(scanner, "}", start);
  const entries: ObjectEntry[] = [];
  for (;;) {
    scanner.skip();
    if (scanner.take("}")) return { kind: "object", entries, start, end: scanner.at };
    const entry = scanner.at;
    const key = parseKey(scanner);
    scanner.skip();
    if (!scanner.take("=") && !scanner.take(":")) scanner.stop(`Expected = after a key, found ${scanner.found()}`);
    scanner.skip();
    // The value ends with its line, so that the next line can be the next entry.
    const value = scanner.within(false, () => parseExpression(scanner));
    entries.push({ key, value, start: entry, end: value.end });
    scanner.skip(false);
    if (scanner.take(",") || scanner.take("\n") || scanner.startsWith("}")) continue;
    scanner.stop(`Expected a comma or a new line between entries, found ${scanner.found()}`);
  }
}

/** A bare name stands for itself; anything longer that begins with a name is an expression. */
function parseKey(scanner: Scanner): Expression {
  const { at } = scanner;
  const name = scanner.takeName();
  if (name !== undefined) {
    scanner.skip();
    const bare: Expression = { kind: "literal", value: name, start: at, end: at + name.length };
    if (scanner.startsWith("=") && !scanner.startsWith("==")) return bare;
    if (scanner.startsWith(":") && !scanner.startsWith("::")) return bare;
  }
  scanner.at = at;
  return scanner.within(false, () => parseExpression(scanner));
}

function startsFor(scanner: Scanner): boolean {
  if (scanner.peekName() !== "for") return false;
  const behind = /for[\s/#]+[\p{L}_]/uy;
  behind.lastIndex = scanner.at;
  return behind.test(scanner.text);
}

/** `for key, value in collection :`, behind the word `for`. */
function parseLoop(scanner: Scanner): Loop {
  const name = (): string => {
    scanner.skip();
    return scanner.takeName() ?? scanner.stop(`Expected a name behind "for", found ${scanner.found()}`);
  };
  const first = name();
  scanner.skip();
  const second = scanner.take(",") ? name() : undefined;
  scanner.skip();
  if (scanner.takeName() !== "in") scanner.stop('Expected "in" behind the names of a "for"');
  const collection = parseExpression(scanner);
  scanner.skip();
  return second === undefined ? { value: first, collection } : { key: first, value: second, collection };
}

function parseFor(scanner: Scanner, closing: "]" | "}", start: number): Expression {
  scanner.takeName();
  const loop = parseLoop(scanner);
  scanner.expect(":", 'behind the collection of a "for"');
  const first = parseExpression(scanner);
  scanner.skip();
  let key: Expression | undefined;
  let value = first;
  let grouped = false;
  if (closing === "}") {
    scanner.expect("=>", "behind the key of a map");
    key = first;
    value = parseExpression(scanner);
    scanner.skip();
    grouped = scanner.take("...");
    scanner.skip();
  }
  let condition: Expression | undefined;
  if (scanner.peekName() === "if") {
    scanner.takeName();
    condition = parseExpression(scanner);
    scanner.skip();
  }
  scanner.expect(closing, 'to close the "for"');
  const { at: end } = scanner;
  return {
    kind: "for",
    loop,
    value,
    grouped,
    ...(key ? { key } : {}),
    ...(condition ? { condition } : {}),
    start,
    end,
  };
}
