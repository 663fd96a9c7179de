import { secretParts } from "./secret-parts.ts";

/** Shorter texts stand in every plan by chance: names of accounts, of environments. In characters. */
const shortest = 8;

/** The forms in which a known secret may stand inside other text: as it is, in JSON, in an address, in hex and base64. */
export function secretForms(secrets: readonly string[]): string[] {
  const all = secrets.flatMap((secret) => [secret, ...secretParts(secret)]);
  const long = all.map((secret) => secret.trim()).filter((secret) => secret.length >= shortest);
  return [...new Set(long.flatMap(formsOf))].filter((form) => form.length >= shortest);
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const url = encodeURIComponent(secret.toWellFormed());
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    url,
    url.replaceAll("%20", "+"),
    bytes.toString("hex"),
    ...base64Forms(bytes),
  ];
}

/** Base64 inside a longer text depends on where it begins, modulo three: of each the letters of the secret alone. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const whole = Math.floor((bytes.length + offset) / 3) * 3 - offset;
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes.subarray(0, whole)]).toString("base64");
    const own = offset === 0 ? encoded : encoded.slice(4);
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
