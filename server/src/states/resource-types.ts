export { newestTypes, stateMarks } from "./state-store.ts";
