export type { Config } from "./config.ts";
export { variableOf } from "./environment.ts";
export { readConfig } from "./read-config.ts";
