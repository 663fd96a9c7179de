import type { Condition } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";

/**
 * How Azure's services write TLS 1.0 and 1.1, or that any version will do: `1.0`, `TLS1_0`, `TLS10`, `TLSv1_1`, `Tls11`,
 * `TLSEnforcementDisabled`, `Disabled`.
 */
const old = /^(?:tls[v_]?)?1(?:[._]?[01])?$|^tls$|^tlsenforcementdisabled$|^disabled$|^none$/i;

/** The version is older than 1.2; an absent one does not match, because the providers of today take 1.2. */
export function oldTlsVersion(path: string): Condition {
  return anyMatches(path, old);
}
