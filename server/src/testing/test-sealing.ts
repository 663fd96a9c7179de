import { randomBytes } from "node:crypto";
import { rootKeyOf } from "../platform/sealing/root-key.ts";
import { openSealing } from "../platform/sealing/sealing.ts";
import type { Sealing } from "../platform/sealing/sealing.ts";

/** Real sealing under a random root key. */
export function testSealing(): Sealing {
  return openSealing(rootKeyOf(randomBytes(32)));
}
