import type { Expression, Span } from "./expression.ts";

/** Where something stands; both from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** The content of a file or of a block. */
export interface Body {
  attributes: ReadonlyMap<string, Attribute>;
  blocks: readonly Block[];
}

export interface Attribute extends Span {
  name: string;
  place: Place;
  value: Expression;
}

export interface Block extends Span {
  type: string;
  labels: readonly string[];
  place: Place;
  /** Offset behind the brace that opens it. */
  inside: number;
  body: Body;
}

/** A file that was read as far as it could be. */
export interface ParsedFile {
  body: Body;
  faults: readonly SyntaxFault[];
}

export interface SyntaxFault {
  message: string;
  place: Place;
}
