import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { problem } from "@plumbline/contract";
import { allOrganizations } from "../organizations/find-organization.ts";
import type { Db } from "../platform/database/pools.ts";

/** Lets in whoever holds the set-up secret, which only the operator of the machine can read. */
export interface SetUpDoor {
  /** The file that holds the secret; only its owner may read it. */
  readonly file: string;
  /**
   * Makes a new secret where the installation has no organization, and takes an old one away where it has. The secret
   * is for the operator's eyes: it is printed, never logged with other things.
   */
  open(): Promise<string | undefined>;
  /** Whether there is no organization yet. */
  isNeeded(): Promise<boolean>;
  /** Throws `set_up_refused` unless this is the secret. */
  check(secret: string): void;
  /** The secret lets nobody in any more. */
  close(): void;
}

/** @param file where the secret is put, in a folder that is there */
export function setUpDoor(db: Db, file: string): SetUpDoor {
  let expected: Buffer | undefined;
  const isNeeded = async () => (await allOrganizations(db)).length === 0;
  const close = () => {
    expected = undefined;
    rmSync(file, { force: true });
  };
  return {
    file,
    isNeeded,
    close,
    async open() {
      close();
      if (!(await isNeeded())) return undefined;
      const secret = randomBytes(16).toString("hex").match(/.{8}/g)?.join("-") ?? "";
      writeFileSync(file, `${secret}\n`, { flag: "wx", mode: 0o600 });
      expected = hash(secret);
      return secret;
    },
    check(secret) {
      if (expected === undefined || !timingSafeEqual(hash(secret.trim()), expected))
        throw problem("set_up_refused", "This is not the set-up secret of this server.");
    },
  };
}

/** Of one length, so that comparing tells nothing. */
function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
