import { downloadState, Problem, problem } from "@plumbline/contract";
import type { Client } from "../connection/client.ts";

/** The largest state that is read, in bytes. */
const largest = 512 * 1024 * 1024;

/** The bytes of a state as they were stored. */
export async function download(client: Client, workspace: string, version: number | undefined): Promise<Buffer> {
  const pieces = await client.open(downloadState, { params: { workspace }, query: { version } });
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > largest) throw problem("too_large", `The state of ${workspace} is larger than ${largest} bytes.`);
      parts.push(piece);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw problem("unavailable", `The download of ${workspace} was cut.`, { cause: error });
  }
  return Buffer.concat(parts);
}
