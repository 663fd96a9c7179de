import type { ProcessOrder } from "./running-process.ts";

// What the server and its process starter say to each other, one JSON object per line. Streams go beside it: for each one the
// starter connects to the server's socket, says `<key> <descriptor>\n`, and gives that connection to the program.

/** To the starter. The key belongs to one process and cannot be guessed. */
export type StarterRequest = { key: string; order: ProcessOrder } | { key: string; kill: "SIGTERM" | "SIGKILL" };

/** From the starter. */
export type StarterReport = { key: string; ended: number | null } | { key: string; failed: string };

/** Name of the socket in the folder that the starter is given. */
export const socketName = "streams";

/** Calls `take` with each whole line of a stream of text. */
export function byLine(take: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  };
}
