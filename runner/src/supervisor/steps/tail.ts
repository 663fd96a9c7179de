import { closeSync, type FSWatcher, openSync, readSync, watch } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** Follows a file that another process writes. */
export interface Tail {
  /** Reads what is left and stops. Call it when the writer has ended. */
  end(): void;
}

/**
 * Gives what is written to `file` to `take`, in order, soon after it is written. A file, not a pipe, because a process
 * whose pipe is closed dies by its next line: an apply has to outlive whoever reads it.
 */
export function tailFile(file: string, take: (text: string) => void): Tail {
  const descriptor = openSync(file, "r");
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(65_536);
  const readOn = () => {
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, null);
      if (count === 0) return;
      const text = decoder.write(buffer.subarray(0, count));
      if (text !== "") take(text);
    }
  };
  const watcher: FSWatcher = watch(file, readOn);
  readOn();
  return {
    end() {
      watcher.close();
      readOn();
      const rest = decoder.end();
      if (rest !== "") take(rest);
      closeSync(descriptor);
    },
  };
}
