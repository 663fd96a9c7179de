import { secretParts } from "@plumbline/engine/plans/secret-parts";

const replacement = "(secret)";

/** Shorter values would blank out half of every log; they are left alone. In characters. */
const shortestSecret = 4;

/** Hides secrets in a stream of text. */
export interface Masker {
  /** Takes the next piece; returns what can be shown of all so far. */
  push(text: string): string;
  /** Returns what was held back because it might have been the beginning of a secret. */
  end(): string;
}

/** Makes a masker for values in all the forms in which engines and providers print them. */
export function createMasker(secrets: readonly string[]): Masker {
  const forms = secretForms(secrets);
  if (forms.length === 0) return { push: (text) => text, end: () => "" };
  const pattern = new RegExp(forms.map((form) => RegExp.escape(form)).join("|"), "g");
  const longest = forms[0]?.length ?? 0;
  let kept = "";
  return {
    push(text) {
      const all = kept + text;
      let cut = all.length - unfinished(all, forms, longest);
      // a complete secret that reaches into the part held back is shown (masked) with what is before it
      for (const match of all.matchAll(pattern)) {
        const end = match.index + match[0].length;
        if (match.index < cut && end > cut) cut = end;
      }
      kept = all.slice(cut);
      return all.slice(0, cut).replaceAll(pattern, replacement);
    },
    end() {
      const rest = kept.replaceAll(pattern, replacement);
      kept = "";
      return rest;
    },
  };
}

/** Length of the longest end of `text` that a secret could begin with. */
function unfinished(text: string, forms: readonly string[], longest: number): number {
  for (let length = Math.min(longest - 1, text.length); length > 0; length -= 1) {
    const end = text.slice(-length);
    if (forms.some((form) => form.length > length && form.startsWith(end))) return length;
  }
  return 0;
}

/** Every form of every secret, longest first, so that the longest match wins. */
function secretForms(secrets: readonly string[]): string[] {
  const values = secrets
    .flatMap((secret) => [secret, ...secretParts(secret)])
    // In an environment variable the line ends of a key are often written out; what is given it prints lines.
    .flatMap((secret) => [secret, ...secret.split(/\r?\n|\\n/), secret.trim()]);
  const forms = values.filter((value) => value.length >= shortestSecret).flatMap(formsOf);
  return [...new Set(forms)].toSorted((left, right) => right.length - left.length);
}

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  // Go writes these three as \u003c \u003e \u0026 in JSON
  const goJson = json.replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const url = encodeURIComponent(value.toWellFormed());
  return [
    value,
    json,
    goJson,
    JSON.stringify(goJson).slice(1, -1),
    url,
    url.replaceAll("%20", "+"),
    url.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    Buffer.from(value).toString("hex"),
    ...base64Forms(value),
  ].filter((form) => form.length >= shortestSecret);
}

/**
 * Base64 of a value inside a longer text depends on where it begins, modulo three: of each alignment, the letters that
 * belong to the value alone. Too short ones would match by chance.
 */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value);
  const inner = [0, 1, 2].flatMap((offset) => {
    const whole = Math.floor((bytes.length + offset) / 3) * 3 - offset;
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes.subarray(0, whole)]).toString("base64");
    return [encoded.slice(offset === 0 ? 0 : 4)];
  });
  const plain = [bytes.toString("base64"), bytes.toString("base64").replace(/=+$/, ""), ...inner];
  return plain
    .flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")])
    .filter((text) => text.length >= 6);
}
