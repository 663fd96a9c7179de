import { createHash, hkdfSync, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { problem } from "@plumbline/contract";

/** The key that everything sealed depends on. A provider (a file, a key service) makes one at the start. */
export interface RootKey {
  /** 32 hexadecimal digits that name the key and tell nothing about it. */
  readonly keyId: string;
  /** A key of 32 bytes for one purpose (HKDF-SHA-256). The root key itself is never used otherwise. */
  derive(info: string): Buffer;
}

const rootKeyBytes = 32;

/** Makes a root key of its 32 bytes. */
export function rootKeyOf(bytes: Buffer): RootKey {
  if (bytes.length !== rootKeyBytes) throw new RangeError(`a root key has ${rootKeyBytes} bytes`);
  const derive = (info: string) => Buffer.from(hkdfSync("sha256", bytes, "plumbline/1", info, 32));
  const keyId = createHash("sha256").update(derive("key-id")).digest("hex").slice(0, 32);
  return { keyId, derive };
}

/**
 * Reads the root key from its file: 32 bytes that only the owner may read. Where it is missing and `mayCreate`, it is
 * made; that is for an empty installation only, since what is sealed can be read with its own key and with no other.
 *
 * Throws `config_invalid` when it is missing, cannot be read or made, has another length, or others may read it.
 */
export function readRootKeyFile(file: string, options: { mayCreate: boolean }): RootKey {
  try {
    return readOrCreate(file, options);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && "syscall" in cause)) throw cause;
    throw problem(
      "config_invalid",
      `rootKey.file: ${file} cannot be used by this user (uid ${process.getuid?.()}): ${cause.message}.`,
      {
        next: "Run this as the user that the server runs as, and let the file and its folder belong to that one.",
        cause,
      },
    );
  }
}

function readOrCreate(file: string, options: { mayCreate: boolean }): RootKey {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (!stats) {
    if (!options.mayCreate) {
      throw problem("config_invalid", `rootKey.file: ${file} is missing, but this installation has sealed data.`, {
        next: "Restore the key file from its backup; without it nothing sealed can be read.",
      });
    }
    createKeyFile(file);
  } else if (!stats.isFile() || (stats.mode & 0o077) !== 0) {
    throw problem("config_invalid", `rootKey.file: ${file} must be a file that only its owner may read.`, {
      next: `chmod 600 ${file}`,
    });
  }
  const bytes = readFileSync(file);
  if (bytes.length !== rootKeyBytes)
    throw problem(
      "config_invalid",
      `rootKey.file: ${file} has ${bytes.length} bytes; a root key has ${rootKeyBytes}.`,
      {
        next: "Put the key there as it was made. A copy in base64 is turned back by: base64 -d COPY >root.key",
      },
    );
  return rootKeyOf(bytes);
}

/** Durable before it gets its name, and never over a key that another process has just made. */
function createKeyFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const making = `${file}.${process.pid}.making`;
  const descriptor = openSync(making, "wx", 0o600);
  try {
    writeSync(descriptor, randomBytes(rootKeyBytes));
    fsyncSync(descriptor);
    linkSync(making, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    closeSync(descriptor);
    rmSync(making, { force: true });
  }
}
