import type { Expression, Loop, Span } from "./expression.ts";
import type { Scanner } from "./scanner.ts";

/** Flat pieces of a template before the directives are paired. */
type Piece =
  | { kind: "text"; text: string }
  | { kind: "value"; value: Expression }
  | { kind: "if"; condition: Expression; at: number }
  | { kind: "for"; loop: Loop; at: number }
  | { kind: "else" | "endif" | "endfor"; at: number };

/** The parts of the grammar that stand inside templates. */
export interface Grammar {
  expression: (scanner: Scanner) => Expression;
  loop: (scanner: Scanner) => Loop;
}

type Style = "quoted" | "heredoc" | "bare";

/** A text in quotes; a plain one becomes a literal. */
export function parseQuoted(scanner: Scanner, grammar: Grammar): Expression {
  const start = scanner.at;
  scanner.expect('"', "to open a text");
  const pieces = parsePieces(scanner, grammar, "quoted", scanner.text.length);
  scanner.expect('"', "to close a text");
  return assemble(scanner, pieces, { start, end: scanner.at });
}

/** `<<EOT` and `<<-EOT`; the latter loses the indentation that all its lines share. */
export function parseHeredoc(scanner: Scanner, grammar: Grammar): Expression {
  const opening = /<<(-?)([\p{L}_][\p{L}\p{N}\p{M}_-]*)[ \t]*\r?\n/uy;
  opening.lastIndex = scanner.at;
  const found = opening.exec(scanner.text);
  if (!found) scanner.stop("Expected the mark of a text and a new line behind <<");
  const [head, flush = "", mark = ""] = found;
  const opened = scanner.at;
  const start = opened + head.length;
  const end = endOfHeredoc(scanner.text, start, mark);
  if (!end) scanner.stop(`The text that begins with <<${flush}${mark} is not closed`);
  scanner.at = start;
  const pieces = parsePieces(scanner, grammar, "heredoc", end.content);
  scanner.at = end.behind;
  return assemble(scanner, flush === "-" ? outdented(pieces) : pieces, { start: opened, end: end.behind });
}

function endOfHeredoc(text: string, start: number, mark: string): { content: number; behind: number } | undefined {
  for (let line = start; line <= text.length;) {
    const end = text.indexOf("\n", line);
    const stop = end < 0 ? text.length : end;
    if (text.slice(line, stop).trim() === mark) return { content: line, behind: stop };
    if (end < 0) return undefined;
    line = end + 1;
  }
  return undefined;
}

/** All of a text as a template. */
export function parseBare(scanner: Scanner, grammar: Grammar): Expression {
  const { length } = scanner.text;
  return assemble(scanner, parsePieces(scanner, grammar, "bare", length), { start: 0, end: length });
}

function parsePieces(scanner: Scanner, grammar: Grammar, style: Style, end: number): Piece[] {
  const pieces: Piece[] = [];
  let text = "";
  let trimNext = false;
  const flush = (): void => {
    const literal = trimNext ? text.replace(/^\s+/, "") : text;
    if (text !== "") trimNext = false;
    if (literal !== "") pieces.push({ kind: "text", text: literal });
    text = "";
  };
  const trimLast = (): void => {
    const last = pieces.at(-1);
    if (last?.kind === "text") last.text = last.text.replace(/\s+$/, "");
  };
  const plain = style === "quoted" ? /[^"\\$%\n]+/y : /[^$%\n]+/y;
  while (scanner.at < end) {
    if (style === "quoted" && scanner.startsWith('"')) break;
    plain.lastIndex = scanner.at;
    const run = plain.exec(scanner.text)?.[0];
    if (run !== undefined) {
      const taken = run.slice(0, end - scanner.at);
      text += taken;
      scanner.at += taken.length;
    } else if (scanner.startsWith("$${") || scanner.startsWith("%%{")) {
      text += scanner.text.slice(scanner.at + 1, scanner.at + 3);
      scanner.at += 3;
    } else if (scanner.startsWith("${") || scanner.startsWith("%{")) {
      flush();
      trimNext = false;
      const directive = scanner.startsWith("%{");
      scanner.at += 2;
      if (scanner.take("~")) trimLast();
      pieces.push(
        scanner.within(true, () =>
          directive ? parseDirective(scanner, grammar) : parseInterpolation(scanner, grammar),
        ),
      );
      scanner.skip(true);
      if (scanner.take("~")) trimNext = true;
      scanner.expect("}", "to close an interpolation");
    } else if (style === "quoted" && scanner.startsWith("\\")) {
      text += parseEscape(scanner);
    } else if (scanner.startsWith("\n")) {
      if (style === "quoted") scanner.stop("A text in quotes may not hold a line's end");
      scanner.at += 1;
      text += "\n";
      // A line's end is as far as trimming reaches.
      flush();
    } else {
      text += scanner.text[scanner.at] ?? "";
      scanner.at += 1;
    }
  }
  flush();
  return pieces;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function parseEscape(scanner: Scanner): string {
  const code = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;
  code.lastIndex = scanner.at;
  const found = code.exec(scanner.text);
  if (found) {
    const point = Number.parseInt(found[1] ?? found[2] ?? "0", 16);
    if (point > 0x10ffff) scanner.stop("There is no such character");
    scanner.at += found[0].length;
    return String.fromCodePoint(point);
  }
  const letter = scanner.text[scanner.at + 1] ?? "";
  const meant = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  if (meant === undefined) scanner.stop(`\\${letter} has no meaning in a text`);
  scanner.at += 2;
  return meant;
}

function parseInterpolation(scanner: Scanner, grammar: Grammar): Piece {
  return { kind: "value", value: grammar.expression(scanner) };
}

function parseDirective(scanner: Scanner, grammar: Grammar): Piece {
  scanner.skip();
  const { at } = scanner;
  const word = scanner.takeName();
  switch (word) {
    case "if":
      return { kind: "if", condition: grammar.expression(scanner), at };
    case "for":
      return { kind: "for", loop: grammar.loop(scanner), at };
    case "else":
    case "endif":
    case "endfor":
      return { kind: word, at };
    default:
      return scanner.stop(`There is no directive ${word ?? scanner.found()}`, at);
  }
}

/** Takes off the indentation that all lines share; blank lines do not count and stay as they are. */
function outdented(pieces: readonly Piece[]): Piece[] {
  let shared = Number.POSITIVE_INFINITY;
  const first: { kind: "text"; text: string }[] = [];
  let atStart = true;
  for (const piece of pieces) {
    if (atStart) {
      atStart = false;
      const blank = piece.kind === "text" && piece.text.trim() === "" && piece.text.endsWith("\n");
      if (piece.kind !== "text") shared = 0;
      else if (!blank) {
        shared = Math.min(shared, piece.text.length - piece.text.trimStart().length);
        first.push(piece);
      }
    }
    if (piece.kind === "text" && piece.text.endsWith("\n")) atStart = true;
  }
  const starts = new Set<Piece>(first);
  return pieces.map((piece) =>
    piece.kind === "text" && starts.has(piece) ? { kind: "text", text: piece.text.slice(shared) } : piece,
  );
}

/** Pairs the directives. A single interpolation keeps its type, so it stays without a template around it. */
function assemble(scanner: Scanner, pieces: readonly Piece[], span: Span): Expression {
  const [only] = pieces;
  if (pieces.length === 1 && only?.kind === "value") return { ...only.value, ...span };
  let at = 0;
  const group = (ends: readonly string[]): Expression => {
    const parts: Expression[] = [];
    for (;;) {
      const piece = pieces[at];
      if (!piece) {
        if (ends.length > 0) scanner.stop(`A directive of a template is not closed by ${ends.join(" or ")}`);
        break;
      }
      if (ends.includes(piece.kind)) break;
      at += 1;
      if (piece.kind === "text") addText(parts, piece.text, span);
      else if (piece.kind === "value") parts.push(piece.value);
      else if (piece.kind === "if") parts.push(scanner.nested(() => conditional(piece.condition)));
      else if (piece.kind === "for") {
        const body = scanner.nested(() => group(["endfor"]));
        at += 1;
        parts.push({ kind: "repeat", loop: piece.loop, body, ...span });
      } else scanner.stop(`${piece.kind} closes nothing`, piece.at);
    }
    return joined(parts, span);
  };
  const conditional = (condition: Expression): Expression => {
    const whenTrue = asText(group(["else", "endif"]), span);
    let whenFalse: Expression = { kind: "literal", value: "", ...span };
    if (pieces[at]?.kind === "else") {
      at += 1;
      whenFalse = asText(group(["endif"]), span);
    }
    at += 1;
    return { kind: "conditional", condition, whenTrue, whenFalse, ...span };
  };
  return group([]);
}

function addText(parts: Expression[], text: string, span: Span): void {
  const last = parts.at(-1);
  if (last?.kind === "literal" && typeof last.value === "string")
    parts[parts.length - 1] = { ...last, value: last.value + text };
  else parts.push({ kind: "literal", value: text, ...span });
}

function joined(parts: readonly Expression[], span: Span): Expression {
  const [only] = parts;
  if (!only) return { kind: "literal", value: "", ...span };
  return parts.length === 1 && only.kind === "literal" && typeof only.value === "string"
    ? only
    : { kind: "template", parts, ...span };
}

function asText(expression: Expression, span: Span): Expression {
  return expression.kind === "literal" || expression.kind === "template"
    ? expression
    : { kind: "template", parts: [expression], ...span };
}
