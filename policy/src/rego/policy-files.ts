import { posix } from "node:path";

/** Where a repository's policies are. */
export const policyRoot = "policies";

/** Files of the policies' directory that are Plumbline's own and no data of policies. */
const ownFiles = new Set(["plumbline-policy", "waivers", "baseline"]);

/** What a file is to those who judge by policies: Rego, its tests and data, or a policy for Sentinel; undefined where it is nothing to them. `root` is the policies' directory. */
export function regoFileKind(
  path: string,
  root: string = policyRoot,
): "policy" | "test" | "data" | "sentinel" | undefined {
  const inside = relativeTo(root, path);
  if (inside === undefined) return undefined;
  if (inside.endsWith("_test.rego")) return "test";
  if (inside.endsWith(".rego")) return "policy";
  if (inside.endsWith(".sentinel")) return "sentinel";
  if (!/\.(?:json|ya?ml)$/.test(inside) || inside.startsWith(".") || inside.includes("/.")) return undefined;
  return ownFiles.has(inside.replace(/\.(?:json|ya?ml)$/, "")) ? undefined : "data";
}

/** The path below `root`; undefined where it is elsewhere. */
export function relativeTo(root: string, path: string): string | undefined {
  const base = posix.normalize(root).replace(/\/$/, "");
  if (base === ".") return path.startsWith("../") || path.startsWith("/") ? undefined : posix.normalize(path);
  return path.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined;
}
