import type { Writable } from "node:stream";
import { problem } from "@plumbline/contract";
import { inputOf, outputOf } from "../../platform/processes/running-process.ts";
import { isObjectId } from "./git.ts";
import type { Git, GitRepository } from "./git.ts";

/** An object of a repository. */
interface GitObject {
  type: string;
  content: Buffer;
}

/**
 * Reads objects by id over one `git cat-file --batch` per repository: 0.1 ms each instead of the 3 ms of a process. The
 * process ends after half a minute without questions.
 */
export interface ObjectReader {
  /** Undefined where there is no such object. */
  read(id: string): Promise<GitObject | undefined>;
  close(): void;
}

interface Question {
  id: string;
  resolve: (object: GitObject | undefined) => void;
  reject: (error: unknown) => void;
}

const idleMilliseconds = 30_000;

/** Opens a reader; its process starts with the first question. */
export function openObjectReader(git: Git, repository: GitRepository): ObjectReader {
  let running: Batch | undefined;
  return {
    read(id) {
      if (!isObjectId(id)) return Promise.resolve(undefined);
      if (running === undefined || running.ended) running = new Batch(git, repository);
      return running.ask(id);
    },
    close: () => running?.end(),
  };
}

/** One process and the questions it has not answered yet, in order. */
class Batch {
  ended = false;
  readonly #input: Promise<Writable | undefined>;
  readonly #questions: Question[] = [];
  #chunks: Buffer[] = [];
  #size = 0;
  /** What the answer being received needs in bytes; header not seen yet: 0. */
  #wanted = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(git: Git, repository: GitRepository) {
    this.#input = this.#start(git, repository);
    this.#rest();
  }

  ask(id: string): Promise<GitObject | undefined> {
    this.#rest();
    return new Promise((resolve, reject) => {
      this.#questions.push({ id, resolve, reject });
      void this.#input.then((input) => input?.write(`${id}\n`));
    });
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.#idle);
    void this.#input.then((input) => input?.end());
  }

  /** Undefined where it cannot be started: whoever asks is told why. */
  async #start(git: Git, repository: GitRepository): Promise<Writable | undefined> {
    try {
      const child = await git.start(repository, ["cat-file", "--batch"], ["pipe", "pipe", "ignore"]);
      child.closed.then(
        () => this.#fail(problem("internal", "git cat-file ended")),
        (error: unknown) => this.#fail(error),
      );
      outputOf(child).on("data", (chunk: Buffer) => this.#receive(chunk));
      return inputOf(child).on("error", () => undefined);
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => (this.#questions.length === 0 ? this.end() : this.#rest()), idleMilliseconds);
    this.#idle.unref();
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // Joining is put off until an answer can be complete: a large object would otherwise be copied for every chunk.
    while (this.#questions.length > 0 && this.#size > 0 && this.#size >= this.#wanted) {
      const data = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
      this.#chunks = [data];
      const used = this.#answer(data);
      if (used === 0) return;
      this.#wanted = 0;
      this.#size = data.length - used;
      this.#chunks = this.#size === 0 ? [] : [data.subarray(used)];
    }
  }

  /** Answers the first question if all of it is there; how many bytes that took. */
  #answer(data: Buffer): number {
    const newline = data.indexOf(10);
    if (newline < 0) return 0;
    const header = data.toString("latin1", 0, newline);
    const question = this.#questions[0];
    const found = /^([0-9a-f]+) (\w+) (\d+)$/.exec(header);
    if (found === null) {
      this.#questions.shift();
      if (header.endsWith(" missing")) question?.resolve(undefined);
      else question?.reject(problem("internal", `git cat-file answered ${JSON.stringify(header.slice(0, 100))}.`));
      return newline + 1;
    }
    const size = Number(found[3]);
    this.#wanted = newline + 1 + size + 1;
    if (data.length < this.#wanted) return 0;
    this.#questions.shift();
    question?.resolve({
      type: found[2] ?? "",
      content: Buffer.from(data.subarray(newline + 1, newline + 1 + size)),
    });
    return this.#wanted;
  }

  #fail(error: unknown): void {
    this.ended = true;
    clearTimeout(this.#idle);
    for (const question of this.#questions.splice(0)) question.reject(error);
  }
}
