/** "1 workspace", "6 workspaces"; `many` where the plural is not made with an s. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
export function list(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The first eight digits of a digest or commit, without its "sha256:". */
export function short(digest: string): string {
  return digest.replace(/^sha256:/, "").slice(0, 8);
}

/** "412 B", "7.7 kB", "1.2 MB". */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 1_000_000) return `${(size / 1000).toFixed(1)} kB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

/** The first letter in upper case; the rest as it is. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Joins class names, leaving out what is false. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}

/** An owner as CODEOWNERS writes him ("@jane") without the sign. */
export function ownerName(owner: string): string {
  return owner.replace(/^@/, "");
}
