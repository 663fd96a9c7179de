export { newestTypes } from "./state-store.ts";
