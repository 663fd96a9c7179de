export * from "./configuration.ts";
export * from "./duration.ts";
export * from "./problem.ts";
export * from "./suggestion.ts";
export * from "./ticket.ts";
export * from "./workspaces.ts";
