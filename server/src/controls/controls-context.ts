import type { FindingsContext } from "../findings/findings-context.ts";
import type { StatesContext } from "../states/states-context.ts";
import type { ResourceCache } from "./applied-resources.ts";

/** What judging controls needs from outside. */
export interface ControlsContext {
  findings: FindingsContext;
  states: StatesContext;
  /** What newest states hold of the types that controls look at. */
  resources: ResourceCache;
  /** Names of an organization's environments in the order of promotion. */
  environments(organizationId: string, repositoryId: string): Promise<readonly string[]>;
}
