import type { Condition } from "./condition.ts";
import { holds } from "./condition.ts";

/**
 * Names that clouds give to protocols and policies which still take SSL, TLS 1.0 or TLS 1.1: `TLSv1`, `TLSv1.1_2016`,
 * `TLS_1_0`, `Policy-Min-TLS-1-0-2019-07`, and load balancer policies, of which the dated ones without a version begin at 1.0.
 */
const oldNames = [
  /^SSL/i,
  /^TLS[v_-]?1(?:[._-][01])?(?:_\d{4})?$/i,
  /(?:^|-)TLS-1-[01](?:-|$)/i,
  /^ELBSecurityPolicy-TLS13-1-[01]-/i,
  /^ELBSecurityPolicy-(?:FS-)?20\d\d-\d\d$/i,
  /^ELBSecurityPolicy-FS-1-1-/i,
];

/** A protocol or policy, or a list with one, that takes TLS older than 1.2. An absent one does not match. */
export function oldTls(path: string): Condition {
  return holds(path, "texts", (value) => {
    const names = Array.isArray(value) ? value : [value];
    return names.some((name) => typeof name === "string" && oldNames.some((pattern) => pattern.test(name)));
  });
}
