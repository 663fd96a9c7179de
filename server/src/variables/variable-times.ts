import type { Tx } from "../platform/database/pools.ts";
import { selectVersions } from "./variable-store.ts";

/** When the versions of an environment's sealed variables were set: "component name version" → time. */
export async function variableTimes(tx: Tx, repositoryId: string, environment: string): Promise<Map<string, Date>> {
  const versions = await selectVersions(tx, repositoryId, environment);
  return new Map(versions.map(({ component, name, version, setAt }) => [`${component} ${name} ${version}`, setAt]));
}
