import type { Finding, Patch, SourcePlace } from "@plumbline/contract/findings";
import type { FoundSecret } from "./found-secret.ts";

/** What stands where a credential stood. */
const mask = "••••••";

/** A text with its credentials replaced; line ends inside them stay, so that lines keep their numbers. */
export function maskText(text: string, secrets: readonly FoundSecret[]): string {
  let masked = "";
  let from = 0;
  for (const { start, end } of secrets) {
    masked += text.slice(from, start) + mask + text.slice(start, end).replaceAll(/[^\n]/g, "");
    from = end;
  }
  return masked + text.slice(from);
}

/** The longest text of a line that a place carries. */
const longestText = 240;

/** Takes credentials out of everything that findings say: the lines they show, and texts that policies wrote. */
export class SecretMask {
  readonly #lines = new Map<string, string[]>();
  readonly #values = new Set<string>();

  /** Notes the credentials of a file, or of a value where there is no file. */
  add(file: string | undefined, text: string, secrets: readonly FoundSecret[]): void {
    if (secrets.length === 0) return;
    if (file !== undefined) this.#lines.set(file, maskText(text, secrets).split(/\r?\n/));
    for (const { start, end } of secrets) this.#values.add(text.slice(start, end));
  }

  /** The text of a line as it may be shown. */
  line(file: string, line: number): string {
    return (this.#lines.get(file)?.[line - 1] ?? "").trim().slice(0, longestText);
  }

  /** The finding without any of the credentials. */
  apply(finding: Finding): Finding {
    if (this.#values.size === 0) return finding;
    const { patch, ...rest } = finding;
    return {
      ...rest,
      title: this.#hide(finding.title),
      why: this.#hide(finding.why),
      fix: this.#hide(finding.fix),
      ...(finding.place ? { place: this.#place(finding.place) } : {}),
      chain: finding.chain.map((place) => this.#place(place)),
      ...(patch && this.#isClean(patch) ? { patch } : {}),
    };
  }

  /** True where no line of a patch, old or new, holds a credential: masked it would write the mask into the file. */
  #isClean({ file, startLine, before, lines }: Patch): boolean {
    const masked = this.#lines.get(file);
    return (
      before.every((line, index) => masked === undefined || masked[startLine - 1 + index] === line) &&
      [...before, ...lines].every((line) => this.#hide(line) === line)
    );
  }

  #place(place: SourcePlace): SourcePlace {
    if (place.text === undefined) return place;
    return { ...place, text: this.#lines.has(place.file) ? this.line(place.file, place.line) : this.#hide(place.text) };
  }

  #hide(text: string): string {
    let hidden = text;
    for (const value of this.#values) if (hidden.includes(value)) hidden = hidden.replaceAll(value, mask);
    return hidden;
  }
}
