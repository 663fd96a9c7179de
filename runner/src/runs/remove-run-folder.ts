import { rm } from "node:fs/promises";

/**
 * Removes a run's folder. The process that connects applies outside may add its socket there, or take it away, at the same
 * moment: where a file is gone that `rmSync` is about to remove, it ends without an error and leaves the rest.
 */
export async function removeRunFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
