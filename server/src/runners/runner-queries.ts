export { activeRunner, touchRunner } from "./runner-store.ts";
