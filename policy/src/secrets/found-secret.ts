/** A credential in a text. Offsets are in UTF-16 units and enclose the value alone; the value itself goes nowhere else. */
export interface FoundSecret {
  /** Id of the kind, or `password` and `key` for what only its name tells. */
  kind: string;
  /** What it is, for a sentence: "GitHub token", "password". */
  name: string;
  start: number;
  end: number;
  /** `certain`: by format; `named`: by the name beside it; `doubtful`: the checksum is wrong or it is a published example. */
  trust: "certain" | "named" | "doubtful";
}
