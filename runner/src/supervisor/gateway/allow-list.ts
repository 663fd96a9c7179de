/** A host and port that a step asks for. */
export interface Target {
  host: string;
  port: number;
}

/** Reads `host:port` or `[v6]:port`; without a port `defaultPort`. Undefined for what is neither. */
export function parseTarget(text: string, defaultPort: number): Target | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/@\s]+))(?::(\d{1,5}))?$/.exec(text);
  const host = (match?.[1] ?? match?.[2])?.toLowerCase().replace(/\.$/, "");
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  if (!host || port < 1 || port > 65_535) return undefined;
  return { host, port };
}

/** Whether a rule (`host`, `host:port`, `*.domain:port`, port 443 unless given, `:*` for all) allows a target. */
export function ruleAllows(rule: string, target: Target): boolean {
  const anyPort = rule.endsWith(":*");
  const wanted = parseTarget(anyPort ? rule.slice(0, -2) : rule, 443);
  if (!wanted || (!anyPort && wanted.port !== target.port)) return false;
  if (wanted.host.startsWith("*.")) return target.host.endsWith(wanted.host.slice(1));
  return wanted.host === target.host;
}

/** Whether any rule allows the target. A declared name must be allowed like every other host. */
export function isAllowed(rules: readonly string[], target: Target): boolean {
  return rules.some((rule) => ruleAllows(rule, target));
}
