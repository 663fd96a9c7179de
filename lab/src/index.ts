export { buildLabMirror, lockFile } from "./build-provider.ts";
export type { LabMirror } from "./build-provider.ts";
export type { AccountKey } from "./cloud/account-keys.ts";
export { createKeys, readOrCreateKeys } from "./cloud/key-file.ts";
export { startLabCloud } from "./cloud/lab-cloud.ts";
export type { LabCloud, LabCloudOptions } from "./cloud/lab-cloud.ts";
export { directoryHash } from "./directory-hash.ts";
