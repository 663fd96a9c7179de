/** Names under which documents of credentials hold what is secret by itself: `private_key`, `SecretAccessKey`, `client-key-data`. */
const secretName = /(?:key|secret|password|passwd|token|credential)s?(?:[-_]?data)?$/i;

/** Shorter texts stand everywhere by chance. In characters. */
const shortest = 8;

/** Deeper documents are none of credentials. */
const deepest = 20;

/**
 * What is secret within a secret that is a document: a service account's JSON, a kubeconfig, a file of settings. Programs
 * that are given one tell of its parts, such as the key alone with its lines as lines. Lines of names and values are read
 * as YAML, INI and shells write them, as far as that needs no parser.
 */
export function secretParts(secret: string): string[] {
  const text = secret.trim();
  const parts = jsonParts(text) ?? lineParts(text);
  return parts.filter((part) => part.length >= shortest);
}

/** Undefined for what is no JSON. */
function jsonParts(text: string): string[] | undefined {
  try {
    return found("", JSON.parse(text), deepest);
  } catch {
    return undefined;
  }
}

function found(name: string, value: unknown, levels: number): string[] {
  if (typeof value === "string") return secretName.test(name) ? [value.trim()] : [];
  if (typeof value !== "object" || value === null || levels === 0) return [];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => found(name, item, levels - 1));
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => found(key, item, levels - 1));
}

function lineParts(text: string): string[] {
  const lines = text.split("\n");
  if (lines.length === 1) return [];
  return lines.flatMap((line) => {
    const [, name = "", value = ""] = /^\s*(?:- +)?(?:export +)?"?([\w.-]+)"?\s*[:=](.*)$/.exec(line) ?? [];
    return secretName.test(name) ? [value.trim().replaceAll(/^["']|["']$/g, "")] : [];
  });
}
