/**
 * Looks into `terraform.tfstate` of the engine's data folder, in which `init` records the backend it chose, and says
 * what is wrong with it, or nothing. A repository's own `*_override.tf` sorts after ours could win: this is what the
 * engine really does, whatever the files say.
 */
export function backendMistake(record: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(record);
  } catch {
    return "the engine's record of its backend is not JSON";
  }
  const backend = member(parsed, "backend");
  const type = member(backend, "type");
  if (type !== "http") return `the engine chose the backend ${JSON.stringify(type ?? null)} instead of "http"`;
  const config = member(backend, "config");
  const set = Object.entries(typeof config === "object" && config !== null ? config : {})
    .filter(([, value]) => value !== null)
    .map(([name]) => name);
  if (set.length > 0) return `the http backend is configured in the code (${set.join(", ")})`;
  return undefined;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
