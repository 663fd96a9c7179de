import { crc32 } from "node:zlib";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A number in base 62 with the digits 0-9A-Za-z, zeros in front up to the width. */
export function base62(value: number, width: number): string {
  let text = "";
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = (digits[rest % 62] ?? "") + text;
  return text.padStart(width, "0");
}

/**
 * True where the last six characters are the CRC-32 of what stands between the last `_` before them and them, in base 62:
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ (npm does the same).
 */
export function endsWithCrc62(text: string): boolean {
  const random = text.slice(text.indexOf("_") + 1, -6);
  return base62(crc32(random), 6) === text.slice(-6);
}

/** True where the eight hexadecimal digits after the last `_` are the CRC-32 of what stands before it. */
export function endsWithCrcHex(text: string): boolean {
  const cut = text.lastIndexOf("_");
  const beginning = text.slice(text.indexOf("_") + 1, cut);
  return [text.slice(0, cut), beginning].some(
    (part) => crc32(part).toString(16).padStart(8, "0") === text.slice(cut + 1),
  );
}

/** True where the text's parts between dots are base64url of JSON objects, as a JSON Web Token's first two are. */
export function isWebToken(text: string): boolean {
  return text
    .split(".")
    .slice(0, 2)
    .every((part) => {
      try {
        const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
        return typeof value === "object" && value !== null;
      } catch {
        return false;
      }
    });
}
