export * from "./plans/index.ts";
export * from "./sources/index.ts";
