export * from "./access.ts";
export * from "./canonical-json.ts";
export * from "./errors.ts";
export * from "./findings.ts";
export * from "./jobs.ts";
export * from "./pull-request-status.ts";
export * from "./run-status.ts";
export * from "./workspace-status.ts";
