import { z } from "zod";

/** What a run asked for, and the binary that it got; null where none has been chosen yet. */
const EngineOfRun = z.object({ name: z.string(), constraint: z.string(), version: z.string().nullable() });

/** Another engine, version or constraint than what applied the workspace last. */
export const EngineChange = z.object({ from: EngineOfRun, to: EngineOfRun }).meta({ id: "EngineChange" });
export type EngineChange = z.infer<typeof EngineChange>;

/** "terraform 1.10.5 → 1.11.4, planned with the new one": a change of engine in one line, without a full stop. */
export function engineChangeText({ from, to }: EngineChange): string {
  const before = `${from.name} ${from.version ?? from.constraint}`;
  const sameName = from.name === to.name;
  if (to.version === null)
    return `${sameName ? `${from.name} ${from.constraint}` : before} → ${sameName ? "" : `${to.name} `}${to.constraint}, not planned yet`;
  if (sameName && from.version === to.version)
    return `${before} as before, constraint ${from.constraint} → ${to.constraint}`;
  return `${before} → ${sameName ? "" : `${to.name} `}${to.version}, planned with the new one`;
}
