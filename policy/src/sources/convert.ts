import type { SourcePlace } from "@plumbline/contract/findings";
import type {
  Attribute as ParsedAttribute,
  Block as ParsedBlock,
  Body,
  ParsedFile,
} from "../evaluation/syntax/body.ts";
import { toExpression } from "./convert-expression.ts";
import { Places } from "./places.ts";
import type { Attribute, Block, Expression, SourceFile } from "./syntax-tree.ts";

/** A parsed file with the place of everything in it. Expressions are converted when somebody looks at them. */
export function toSourceFile(path: string, text: string, parsed: ParsedFile): SourceFile {
  const places = new Places(path, text);
  const errors = parsed.faults.map(({ message, place: { line, column } }) => ({
    message,
    ...places.atLine(line, column),
  }));
  return { path, text, lines: places.lines, ...contentOf(places, parsed.body), errors };
}

function contentOf(places: Places, body: Body): { attributes: Map<string, Attribute>; blocks: Block[] } {
  const attributes = new Map<string, Attribute>();
  for (const attribute of body.attributes.values())
    attributes.set(attribute.name, new ConvertedAttribute(places, attribute));
  return { attributes, blocks: body.blocks.map((block) => toBlock(places, block)) };
}

function toBlock(places: Places, block: ParsedBlock): Block {
  const { type, labels, inside, start, end, body } = block;
  return { type, labels, place: placeOf(places, block), inside, start, end, ...contentOf(places, body) };
}

/** As the parser tells it, with the line's text. */
function placeOf(places: Places, { place: { line, column }, end }: ParsedAttribute | ParsedBlock): SourcePlace {
  return places.atLine(line, column, end);
}

class ConvertedAttribute implements Attribute {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly place: SourcePlace;
  readonly #places: Places;
  readonly #parsed: ParsedAttribute;
  #value: Expression | undefined;

  constructor(places: Places, parsed: ParsedAttribute) {
    this.name = parsed.name;
    this.start = parsed.start;
    this.end = parsed.end;
    this.place = placeOf(places, parsed);
    this.#places = places;
    this.#parsed = parsed;
  }

  get value(): Expression {
    this.#value ??= toExpression(this.#parsed.value, this.#places);
    return this.#value;
  }
}
