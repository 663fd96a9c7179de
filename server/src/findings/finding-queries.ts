export { knownFindings } from "./known-finding-store.ts";
