import type { KillWorld } from "./kill-world.ts";

/** One scenario on the world in which programs are killed; it throws where something does not hold. */
export interface KillStep {
  title: string;
  run(world: KillWorld): Promise<void>;
}
