export type { RootKey } from "./root-key.ts";
export { readRootKeyFile, rootKeyOf } from "./root-key.ts";
export type { Sealing } from "./sealing.ts";
export { openSealing, sealedOverhead } from "./sealing.ts";
