import type { Demo } from "../demo/demo.ts";

/** A scenario of the demo: what people do, and what must be seen. It throws where something does not hold. */
export interface Story {
  title: string;
  steps: Step[];
}

/** One step; steps of a story build on each other. */
interface Step {
  title: string;
  run(demo: Demo): Promise<void>;
}

/** Throws with the sentence unless it holds. */
export function holds(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(`does not hold: ${sentence}`);
}

/** Throws unless the text holds every part. */
export function contains(text: string, ...parts: string[]): void {
  for (const part of parts) holds(text.includes(part), `“${part}” stands in:\n${text.slice(0, 3000)}`);
}
