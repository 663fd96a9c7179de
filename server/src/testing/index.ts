export { testApi } from "./test-api.ts";
export { testDatabase } from "./test-database.ts";
export { testSealing } from "./test-sealing.ts";
