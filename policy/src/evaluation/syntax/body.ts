import type { Expression } from "./expression.ts";

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

export interface Attribute {
  name: string;
  place: Place;
  value: Expression;
}

export interface Block {
  type: string;
  labels: readonly string[];
  place: Place;
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
