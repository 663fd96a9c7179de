import { rmSync } from "node:fs";
import { makeSizedFolder, startSizedWorld } from "./sized-world.ts";
import type { SizedWorld } from "./sized-world.ts";

type Say = (text: string) => void;

/** The folder of the large organization, made for the first figure that wants it and kept for the others. */
export interface SizedFolder {
  /** Starts its server, lets something be measured, and stops it again. */
  withWorld<T>(say: Say, work: (world: SizedWorld) => Promise<T>): Promise<T>;
  /** The folder itself, with no server running. */
  path(say: Say): Promise<string>;
  /** Takes it away. */
  remove(): Promise<void>;
}

/** Nothing is made yet. */
export function sizedFolder(): SizedFolder {
  let made: Promise<string> | undefined;
  const path = (say: Say) => (made ??= makeSizedFolder(say));
  return {
    path,
    async withWorld(say, work) {
      const world = await startSizedWorld(await path(say));
      const stop = () => world.world.stop();
      const interrupted = () => void stop().then(() => process.exit(130));
      process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
      try {
        return await work(world);
      } finally {
        process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
        await stop();
      }
    },
    async remove() {
      const folder = await made?.catch(() => undefined);
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
