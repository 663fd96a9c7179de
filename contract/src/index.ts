export * from "./canonical-json.ts";
export * from "./errors.ts";
export * from "./findings.ts";
