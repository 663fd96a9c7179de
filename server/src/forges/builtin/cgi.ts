import type { Readable } from "node:stream";

/** The head of a CGI answer (RFC 3875 section 6). */
export interface CgiHead {
  status: number;
  headers: [string, string][];
  /** Bytes of the body that came with the head. */
  rest: Buffer;
}

const longestHead = 64 * 1024;

/** Reads the head of a CGI answer from a process's output. Rejects where the process ends before it is complete. */
export function readCgiHead(output: Readable): Promise<CgiHead> {
  return new Promise((resolve, reject) => {
    let data = Buffer.alloc(0);
    const stop = () => {
      output.off("data", receive);
      output.off("end", ended);
      output.off("error", reject);
    };
    const ended = () => {
      stop();
      reject(new Error("git http-backend ended without an answer"));
    };
    const receive = (chunk: Buffer) => {
      data = Buffer.concat([data, chunk]);
      const end = /\r?\n\r?\n/.exec(data.toString("latin1", 0, longestHead));
      if (end === null) {
        if (data.length > longestHead) output.destroy(new Error("the head of the answer is too long"));
        return;
      }
      stop();
      output.pause();
      resolve({ ...parseHead(data.toString("latin1", 0, end.index)), rest: data.subarray(end.index + end[0].length) });
    };
    output.on("data", receive);
    output.on("end", ended);
    output.on("error", reject);
  });
}

function parseHead(text: string): { status: number; headers: [string, string][] } {
  let status = 200;
  const headers: [string, string][] = [];
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10) || 500;
    else headers.push([name, value]);
  }
  return { status, headers };
}
