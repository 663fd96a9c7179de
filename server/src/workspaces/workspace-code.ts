import type { Configuration } from "@plumbline/contract/configuration/configuration";

/** A file of a repository. */
export interface RepositoryFile {
  path: string;
  text: string;
}

/** What the values of workspaces are read from. Everything that is named by a commit stays as it is. */
export interface WorkspaceCode {
  /** Main's newest commit; null while the repository is empty. */
  head(organizationId: string, repositoryId: string): Promise<string | null>;
  /** Components and engine of one commit, environments of the other; undefined where either cannot be read. */
  configurationAt(
    organizationId: string,
    repositoryId: string,
    codeCommit: string,
    valuesCommit: string,
  ): Promise<Configuration | undefined>;
  /** The files directly in a component's directory that declare or set its variables. */
  sources(request: {
    organizationId: string;
    repositoryId: string;
    commit: string;
    directory: string;
  }): Promise<RepositoryFile[]>;
  /** The values files of a component in all environments. */
  values(organizationId: string, repositoryId: string, commit: string, component: string): Promise<RepositoryFile[]>;
}
