/** Name of the dependency lock file of both engines. */
export const lockFileName = ".terraform.lock.hcl";

/** A provider as the lock file pins it. */
export interface LockedProvider {
  /** Full source address: `registry.terraform.io/hashicorp/aws`. */
  address: string;
  version: string;
  /** `h1:` (package content) and `zh:` (release archive) hashes, sorted. */
  hashes: string[];
}

/** A lock file that cannot be read. `line` counts from 1. */
export class LockFileError extends Error {
  override readonly name = "LockFileError";
  readonly line: number;

  constructor(message: string, line: number) {
    super(`${lockFileName}:${line}: ${message}`);
    this.line = line;
  }
}

interface Token {
  kind: "word" | "string" | "sign" | "end";
  text: string;
  line: number;
}

/**
 * Reads a dependency lock file. It is written by the engine in a small part of HCL: `provider "address" { version,
 * constraints, hashes }`. Unknown attributes are skipped, whatever else is not of that form throws a LockFileError.
 */
export function readLockFile(text: string): LockedProvider[] {
  const tokens = tokenize(text);
  const next = () => tokens.shift() ?? { kind: "end" as const, text: "the end of the file", line: 0 };
  const expect = (kind: Token["kind"], wanted?: string): string => {
    const token = next();
    if (token.kind !== kind || (wanted !== undefined && token.text !== wanted))
      throw new LockFileError(`expected ${wanted ?? `a ${kind}`}, found ${token.text}`, token.line);
    return token.text;
  };
  const providers = new Map<string, LockedProvider>();
  while (tokens[0] && tokens[0].kind !== "end") {
    const { line } = tokens[0];
    expect("word", "provider");
    const address = expect("string");
    if (providers.has(address)) throw new LockFileError(`provider ${address} stands there twice`, line);
    const attributes = new Map<string, string[]>();
    expect("sign", "{");
    while (tokens[0]?.text !== "}") {
      const name = expect("word");
      expect("sign", "=");
      attributes.set(name, readValue());
    }
    expect("sign", "}");
    const version = attributes.get("version")?.[0];
    if (version === undefined) throw new LockFileError(`provider ${address} has no version`, line);
    providers.set(address, { address, version, hashes: (attributes.get("hashes") ?? []).toSorted() });
  }
  return [...providers.values()];

  function readValue(): string[] {
    const first = next();
    if (first.kind === "string") return [first.text];
    if (first.text !== "[") throw new LockFileError(`expected a string or a list, found ${first.text}`, first.line);
    const items: string[] = [];
    while (tokens[0]?.text !== "]") {
      items.push(expect("string"));
      if (tokens[0]?.text === ",") next();
    }
    expect("sign", "]");
    return items;
  }
}

function tokenize(text: string): Token[] {
  const pattern = /(\s+|#[^\n]*|\/\/[^\n]*)|"((?:[^"\\\n]|\\.)*)"|([A-Za-z_][\w-]*)|([{}[\]=,])/gy;
  const tokens: Token[] = [];
  let line = 1;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw new LockFileError(`cannot read ${JSON.stringify(text.slice(at, at + 20))}`, line);
    const [, blank, string, word, sign] = match;
    if (string !== undefined) tokens.push({ kind: "string", text: string.replaceAll(/\\(.)/g, "$1"), line });
    else if (word !== undefined) tokens.push({ kind: "word", text: word, line });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign, line });
    else if (blank !== undefined) line += blank.split("\n").length - 1;
  }
  tokens.push({ kind: "end", text: "the end of the file", line });
  return tokens;
}
