import { existsSync, readFileSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { emptyState } from "./resource.ts";
import type { CloudState } from "./resource.ts";

/**
 * Keeps the cloud's state in one JSON file. A write goes to a new file that then takes the old one's place, so a crash
 * leaves either the old or the new state. Changes that come while a write runs share the next one.
 */
export class DataFile {
  readonly #path: string | undefined;
  readonly state: CloudState;
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /**
   * @param path undefined keeps everything in memory only
   * @throws Error when the file exists and is not what this program wrote
   */
  constructor(path: string | undefined) {
    this.#path = path;
    this.state = path !== undefined && existsSync(path) ? parse(path) : emptyState();
  }

  /** Resolves when everything changed so far is on disk. */
  async save(): Promise<void> {
    if (this.#path === undefined) return;
    if (!this.#writing) {
      this.#writing = this.#write(this.#path).finally(() => (this.#writing = undefined));
      return this.#writing;
    }
    this.#next ??= this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.save();
      });
    return this.#next;
  }

  async #write(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.new`;
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(JSON.stringify(this.state));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  }
}

function parse(path: string): CloudState {
  try {
    const state: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof state === "object" && state !== null && "resources" in state && "activity" in state)
      return state as CloudState; // written by `save` alone
  } catch (error) {
    throw new Error(`${path} cannot be read as the lab cloud's data`, { cause: error });
  }
  throw new Error(`${path} is not the lab cloud's data; name another file or delete it`);
}
