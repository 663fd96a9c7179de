export { fixedClock } from "../platform/clock.ts";
export { testApi } from "./test-api.ts";
export type { TestDatabase } from "./test-database.ts";
export { testDatabase } from "./test-database.ts";
export { testSealing } from "./test-sealing.ts";
