import type { FindingsContext } from "../findings/findings-context.ts";
import type { StatesContext } from "../states/states-context.ts";
import type { JudgingProgress } from "./judging-progress.ts";
import type { ExtractCache } from "./extract-cache.ts";

/** What judging controls needs from outside. */
export interface ControlsContext {
  findings: FindingsContext;
  states: StatesContext;
  /** What newest states hold of what controls are judged on. */
  extracts: ExtractCache;
  progress: JudgingProgress;
  /** Names of an organization's environments in the order of promotion. */
  environments(organizationId: string, repositoryId: string): Promise<readonly string[]>;
}
