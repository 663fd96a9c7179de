import type { Readable } from "node:stream";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import { componentSources } from "./component-sources.ts";
import type { ComponentSourcesRequest } from "./component-sources.ts";
import { configurationAt, fileAt } from "./configuration-at.ts";
import type { RepositoriesContext } from "./repositories-context.ts";
import { proposedRules, readRules } from "./policy-repository.ts";
import type { Rules } from "./rules.ts";
import { streamWorkspaceArchive } from "./workspace-archive.ts";
import { componentValues, readWorkspaceInput } from "./workspace-input.ts";
import type { WorkspaceInput, WorkspaceInputRequest } from "./workspace-input.ts";

/** What domains that execute and watch ask of repositories, with the context bound. */
export interface RepositoryAccess {
  readWorkspaceInput(request: WorkspaceInputRequest): Promise<WorkspaceInput>;
  streamWorkspaceArchive(request: WorkspaceInputRequest): Promise<Readable>;
  readRules(organizationId: string, repositoryId: string): Promise<Rules>;
  /** With those of a commit that is not main's, of it or of the policy repository: to see what they would do. */
  proposedRules(
    organizationId: string,
    repositoryId: string,
    proposed: { repositoryId: string; commit: string },
  ): Promise<Rules>;
  /** Undefined where a configuration file is wrong. */
  configurationAt(
    organizationId: string,
    repositoryId: string,
    codeCommit: string,
    valuesCommit: string,
  ): Promise<Configuration | undefined>;
  /** Undefined while the repository is empty, or main's configuration is wrong. */
  mainConfiguration(organizationId: string, repositoryId: string): Promise<Configuration | undefined>;
  /** Null where there is no such file. */
  fileAt(organizationId: string, repositoryId: string, commit: string, path: string): Promise<string | null>;
  /** The files directly in a component's directory that declare or set its variables. */
  componentSources(request: ComponentSourcesRequest): Promise<{ path: string; text: string }[]>;
  /** The values files of a component in all environments. */
  componentValues(
    organizationId: string,
    repositoryId: string,
    valuesCommit: string,
    component: string,
  ): Promise<{ path: string; text: string }[]>;
}

/** Binds the context. */
export function repositoryAccess(context: RepositoriesContext): RepositoryAccess {
  return {
    readWorkspaceInput: (request) => readWorkspaceInput(context, request),
    streamWorkspaceArchive: (request) => streamWorkspaceArchive(context, request),
    readRules: (organizationId, repositoryId) => readRules(context, { organizationId, repositoryId }),
    proposedRules: (organizationId, repositoryId, proposed) =>
      proposedRules(context, { organizationId, repositoryId }, proposed),
    async configurationAt(organizationId, repositoryId, codeCommit, valuesCommit) {
      const read = await configurationAt(context, { organizationId, repositoryId }, codeCommit, valuesCommit);
      return read.configuration;
    },
    async mainConfiguration(organizationId, repositoryId) {
      return (await readRules(context, { organizationId, repositoryId })).configuration;
    },
    async fileAt(organizationId, repositoryId, commit, path) {
      return (await fileAt(context, { organizationId, repositoryId }, commit, path)) ?? null;
    },
    componentSources: (request) => componentSources(context, request),
    componentValues: (organizationId, repositoryId, valuesCommit, component) =>
      componentValues(context, { organizationId, repositoryId, valuesCommit, component }),
  };
}
