/** What the audit log is filtered by, as text. */
export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  workspace?: string | undefined;
  pullRequest?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** The filter that a searched name is: `#128` or 128 a pull request, with a slash a workspace, else a person or runner. */
export function searched(text: string): AuditFilter {
  const name = text.trim();
  const number = /^#?(\d+)$/.exec(name)?.[1];
  if (number !== undefined) return { pullRequest: number };
  return name.includes("/") ? { workspace: name } : { actor: name };
}
