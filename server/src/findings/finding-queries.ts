export type { KnownFindingRecord } from "./known-finding-store.ts";
export { knownFindings } from "./known-finding-store.ts";
