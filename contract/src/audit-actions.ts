import type { RunStatus } from "./run-status.ts";

/** What stands in the audit log as an entry's action, and what people call it, grouped as people look for it. */
export const auditActions = {
  "Pull requests": {
    "pull_request.opened": "opened a pull request",
    "pull_request.pushed": "pushed a patch set",
    "pull_request.updated": "changed a pull request",
    "pull_request.ticket_named": "named the ticket",
    "pull_request.commented": "commented",
    "pull_request.replanned": "had it planned again",
    "pull_request.approved": "approved plans",
    "pull_request.approval_withdrawn": "took an approval back",
    "pull_request.approval_voided": "found that an approval counts no more",
    "pull_request.merged": "merged",
    "pull_request.closed": "closed a pull request",
  },
  Runs: {
    "run.planned": "made a plan",
    "run.secrets_read": "received a plan credential",
    "run.applying": "began to apply",
    "run.applied": "applied",
    "run.finished": "finished a run",
    "findings.noted": "noted findings",
    "run.held": "held a plan for approval",
    "run.failed": "failed",
    "run.canceled": "stopped",
    "run.cancel_requested": "asked a run to stop",
    "run.retried": "tried a run again",
    "run.resumed": "took a lost run up again",
    "run.lost": "lost a run",
    "run.unknown": "lost a run that was applying",
    "run.superseded": "replaced a run",
    "run.expired": "let a held plan expire",
    "run.pruned": "pruned old logs and plan files",
    "workspace.confirmed_stopped": "confirmed that nothing runs",
  },
  Drift: {
    "drift_check.asked": "asked for a drift check",
    "drift_case.opened": "opened a drift case",
    "drift_case.changed": "found a drift changed",
    "drift_case.reverting": "began to revert a drift",
    "drift_case.closed": "closed a drift case",
    "overdue.raised": "raised an alarm for an overdue check",
    "overdue.ended": "ended an alarm",
  },
  "Findings and waivers": {
    "findings.noted": "noted what an applied plan was found to have",
    "waiver.introduced": "brought a waiver to main",
    "waiver.renewed": "changed how long a waiver counts",
    "waiver.removed": "took a waiver from main",
    "waiver.announced": "told people that a waiver expires",
  },
  "States and secrets": {
    "state.read": "read a state",
    "state.compared": "compared two states",
    "state.written": "stored a state",
    "state.rescued": "rescued a state that was left behind",
    "state.imported": "took a state over",
    "variable.set": "set a sealed variable",
    "credential.set": "set a credential",
  },
  "People and sign-ins": {
    "session.started": "signed in",
    "session.ended": "signed out",
    "token.created": "made an API token",
    "token.revoked": "revoked an API token",
    "person.created": "added a person",
    "person.changed": "changed a person",
  },
  Installation: {
    "organization.created": "created the organization",
    "backup.written": "backed the installation up",
    "backup.restored": "restored the installation",
    "repository.created": "created a repository",
    "repository.seeded": "made the first push to main",
    "organization.policy_repository_named": "said which repository has the organization's policies",
    "runner.registered": "registered a runner",
    "runner.revoked": "revoked a runner",
    "tool.accepted": "accepted an engine",
    "tool.withdrawn": "withdrew an engine",
    "notification_channel.created": "added a notification channel",
    "notification_channel.removed": "removed a notification channel",
  },
} as const;

type Groups = typeof auditActions;
type ActionsOf<Group> = Group extends unknown ? keyof Group : never;

/** What may be written down. A run's end is named by its status, of which some are never an end. */
export type AuditAction = ActionsOf<Groups[keyof Groups]> | `run.${RunStatus}`;

/** What people call an action; its own name in plain words where it is of a newer server. */
export function auditActionWords(action: string): string {
  for (const group of Object.values<Readonly<Record<string, string>>>(auditActions)) {
    const words = group[action];
    if (words !== undefined) return words;
  }
  return action.replaceAll(/[._]/g, " ");
}
