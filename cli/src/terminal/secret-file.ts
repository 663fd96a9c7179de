import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { UsageFault } from "../command/faults.ts";

/** A new file that only its owner may read. It is made before the secret is, so that no secret is lost. */
export interface SecretFile extends Disposable {
  write(secret: string): void;
}

/** Makes the file; where nothing is written before it is disposed of, it is removed. Throws where one exists. */
export function newSecretFile(path: string): SecretFile {
  let descriptor: number;
  try {
    descriptor = openSync(path, "wx", 0o600);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageFault(`${path} cannot be written: ${reason}`, "Name a file that does not exist yet.");
  }
  let written = false;
  return {
    write(secret) {
      writeSync(descriptor, `${secret}\n`);
      written = true;
    },
    [Symbol.dispose]() {
      closeSync(descriptor);
      if (!written) rmSync(path, { force: true });
    },
  };
}
