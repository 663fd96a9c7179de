export * from "./plans/index.ts";
