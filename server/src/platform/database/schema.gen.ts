// Made from the migrated database by `node server/src/platform/database/generate-schema.ts`; do not edit.
import type { ColumnType } from "kysely";

/** Has a default: may be left out when a row is inserted. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

/** The database computes it: cannot be written. */
export type GeneratedAlways<T> = ColumnType<T, never, never>;

/** Written as a Date or as ISO text. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

/** Read as what JSON.parse gives, to be checked by a schema; written as JSON text. */
export type Json = ColumnType<unknown, string, string>;

export interface AffectedWorkspaceRow {
  organization_id: string;
  patch_set_id: string;
  workspace_id: string;
  position: number;
  stage: number;
  relation: "changed" | "downstream" | "removed";
  touched_paths: Json;
  code_commit: string;
  values_commit: string;
  input_tree: string | null;
  destroy: Generated<boolean>;
  needs: Generated<Json>;
  run_id: string | null;
  approved_digest: string | null;
}

export interface ApiTokenRow {
  organization_id: string;
  token_id: string;
  person_id: string;
  name: string;
  token_hash: Buffer;
  scopes: string[];
  created_at: Generated<Timestamp>;
  expires_at: Timestamp | null;
  last_used_at: Timestamp | null;
  revoked_at: Timestamp | null;
}

export interface ApprovalRow {
  organization_id: string;
  approval_id: string;
  pull_request_id: string;
  patch_set_id: string;
  person_id: string;
  meaning: string;
  digests: Json;
  files_digest: string;
  statement: string;
  signature: Buffer;
  key_id: string;
  created_at: Generated<Timestamp>;
  void_at: Timestamp | null;
  void_reason: string | null;
}

export interface AuditEventRow {
  organization_id: string;
  sequence: number;
  event_id: string;
  at: Timestamp;
  actor_kind: "person" | "runner" | "system";
  actor_id: string | null;
  actor_name: string;
  action: string;
  workspace: string | null;
  environment: string | null;
  pull_request: number | null;
  run: number | null;
  canonical: string;
  leaf_hash: Buffer;
}

export interface AuditHeadRow {
  organization_id: string;
  sequence: number;
}

export interface CommentRow {
  organization_id: string;
  comment_id: string;
  pull_request_id: string;
  kind: "summary" | "discussion" | "finding";
  person_id: string | null;
  body: string;
  file: string | null;
  line: number | null;
  fingerprint: string | null;
  created_at: Generated<Timestamp>;
  edited_at: Timestamp | null;
  resolved_at: Timestamp | null;
}

export interface ContributorRow {
  organization_id: string;
  pull_request_id: string;
  person_id: string;
  reason: "opened" | "pushed" | "authored" | "committed" | "co_authored";
}

export interface CounterRow {
  organization_id: string;
  kind: string;
  value: number;
}

export interface CredentialRow {
  organization_id: string;
  credential_id: string;
  name: string;
  phase: "plan" | "apply";
  sealed: Buffer;
  variable_names: string[];
  updated_by: string;
  updated_at: Generated<Timestamp>;
}

export interface DeliveryRow {
  organization_id: string;
  notification_id: string;
  channel_id: string;
  address: string;
  attempts: Generated<number>;
  delivered_at: Timestamp | null;
  last_error: string | null;
}

export interface DriftCaseRow {
  organization_id: string;
  drift_case_id: string;
  number: number;
  workspace_id: string;
  status: "open" | "reverting" | "closed";
  severity: "critical" | "high" | "medium" | "low";
  title: string;
  last_clean_at: Timestamp | null;
  opened_at: Generated<Timestamp>;
  last_seen_at: Generated<Timestamp>;
  opened_run_id: string;
  last_run_id: string;
  resources: Json;
  findings: Json;
  owners: Json;
  timeline: Json;
  pull_request_id: string | null;
  closed_at: Timestamp | null;
  closed_run_id: string | null;
}

export interface DriftCheckRow {
  organization_id: string;
  workspace_id: string;
  run_id: string;
  checked_at: Generated<Timestamp>;
  outcome: "clean" | "drifted" | "failed";
  severity: "critical" | "high" | "medium" | "low" | null;
  detail: string | null;
}

export interface InstallationRow {
  only_one: Generated<boolean>;
  root_key_id: string;
  created_at: Generated<Timestamp>;
}

export interface JudgedWorkspaceRow {
  organization_id: string;
  workspace_id: string;
  policies_digest: string;
}

export interface KnownFindingRow {
  organization_id: string;
  workspace_id: string;
  fingerprint: string;
  rule: string;
  severity: "critical" | "high" | "medium" | "low";
  title: string;
  address: string | null;
  attribute: string | null;
  file: string | null;
  owners: Generated<string[]>;
  first_seen_at: Timestamp;
  due_at: Timestamp | null;
  closed_at: Timestamp | null;
}

export interface NotificationChannelRow {
  organization_id: string;
  channel_id: string;
  name: string;
  kind: "webhook" | "slack" | "email";
  sealed_target: Buffer;
  events: string[];
  environments: string[];
  created_by: string;
  created_at: Generated<Timestamp>;
}

export interface NotificationRow {
  organization_id: string;
  notification_id: string;
  event: string;
  subject: string;
  body: string;
  link: string;
  recipients: string[];
  environments: string[];
  part: Json | null;
  created_at: Generated<Timestamp>;
}

export interface OrganizationKeyRow {
  organization_id: string;
  key_id: string;
  purpose: "signing";
  public_key: Buffer;
  sealed_private_key: Buffer;
  created_at: Generated<Timestamp>;
}

export interface OrganizationRow {
  organization_id: string;
  name: string;
  created_at: Generated<Timestamp>;
}

export interface OverdueAlarmRow {
  organization_id: string;
  alarm_id: string;
  workspace_id: string;
  due_at: Timestamp;
  raised_at: Generated<Timestamp>;
  ended_at: Timestamp | null;
}

export interface PatchSetRow {
  organization_id: string;
  patch_set_id: string;
  pull_request_id: string;
  number: number;
  commit_id: string;
  base_commit: string;
  trial_commit: string | null;
  conflicts: Json | null;
  changed_paths: Json;
  promoted_paths: Generated<Json>;
  files_digest: string;
  commits: Json;
  pushed_by: string | null;
  created_at: Generated<Timestamp>;
  problems: Json;
  addresses: Generated<Json>;
  replayed_commit: string | null;
}

export interface PeopleRow {
  organization_id: string;
  person_id: string;
  name: string;
  display_name: string;
  email: string | null;
  password_hash: string | null;
  disabled_at: Timestamp | null;
  created_at: Generated<Timestamp>;
}

export interface PersonAddressRow {
  organization_id: string;
  address: string;
  person_id: string;
}

export interface PolicyRepositoryRow {
  organization_id: string;
  repository_id: string;
  named_at: Timestamp;
}

export interface ProposedStateRow {
  organization_id: string;
  workspace_id: string;
  pull_request_id: string;
  state_version_id: string;
  serial: number;
  lineage: string;
  sha256: string;
  size: number;
  resource_count: number;
  resource_types: Json;
  engine_version: string;
  sealed: Buffer;
  sealed_outputs: Buffer;
  proposed_at: Timestamp;
}

export interface PullRequestRow {
  organization_id: string;
  pull_request_id: string;
  number: number;
  repository_id: string;
  purpose: "change" | "promotion" | "revert" | "destroy" | "import" | "rollback" | "recovery";
  status: "open" | "merged" | "closed";
  title: string;
  description: string;
  ticket: string | null;
  topic: string | null;
  opened_by: string | null;
  opened_at: Generated<Timestamp>;
  workspaces: Json | null;
  reverts_number: number | null;
  drift_case: number | null;
  merged_at: Timestamp | null;
  merged_by: string | null;
  merge_commit: string | null;
  merge_sequence: number | null;
  closed_at: Timestamp | null;
  closed_by: string | null;
  told: string | null;
}

export interface RepositoryRow {
  organization_id: string;
  repository_id: string;
  name: string;
  forge: "builtin";
  head_commit: string | null;
  created_at: Generated<Timestamp>;
}

export interface RoleBindingRow {
  organization_id: string;
  person_id: string;
  role: "reader" | "proposer" | "approver" | "operator" | "auditor" | "administrator";
  environments: string;
  created_at: Generated<Timestamp>;
}

export interface RunArtifactRow {
  organization_id: string;
  run_id: string;
  epoch: number;
  kind: "plan" | "plan_json" | "errored_state";
  artifact_id: string;
  sha256: string;
  size: number;
  sealed: Buffer;
  created_at: Generated<Timestamp>;
}

export interface RunDependencyRow {
  organization_id: string;
  run_id: string;
  needs_run_id: string;
}

export interface RunEventRow {
  organization_id: string;
  run_id: string;
  epoch: number;
  sequence: number;
  at: Timestamp;
  type: string;
  phase: string;
  body: Json;
  first_line: number | null;
}

export interface RunPhaseRow {
  organization_id: string;
  run_id: string;
  phase: "fetch" | "init" | "plan" | "check" | "apply";
  outcome: "ok" | "failed" | "canceled" | "skipped" | null;
  line: string | null;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
  seconds: number | null;
  cpu_seconds: number | null;
}

export interface RunnerRow {
  organization_id: string;
  runner_id: string;
  name: string;
  token_hash: Buffer;
  environments: string[];
  created_at: Generated<Timestamp>;
  revoked_at: Timestamp | null;
  last_seen_at: Timestamp | null;
  version: string | null;
  capacity: number | null;
  engines: Json | null;
}

export interface RunRow {
  organization_id: string;
  run_id: string;
  number: number;
  kind: "plan" | "apply" | "drift" | "drill" | "replay";
  workspace_id: string;
  pull_request_id: string | null;
  patch_set_id: string | null;
  status: "waits" | "queued" | "running" | "held" | "finished" | "failed" | "unknown" | "canceled" | "superseded" | "expired";
  reason: string | null;
  phase: "fetch" | "init" | "plan" | "check" | "apply" | null;
  created_at: Generated<Timestamp>;
  code_commit: string;
  values_commit: string;
  input_tree: string | null;
  destroy: Generated<boolean>;
  engine_name: string | null;
  engine_constraint: string | null;
  merge_sequence: number | null;
  stage: Generated<number>;
  planned_run_id: string | null;
  planned: Json | null;
  waits_for: "upstream" | "outputs" | "queue" | "needs" | "stage" | "frozen" | "engine" | null;
  hold_required: Generated<boolean>;
  attempt: Generated<number>;
  epoch: Generated<number>;
  runner_id: string | null;
  claimed_at: Timestamp | null;
  lease_expires_at: Timestamp | null;
  requeues: Generated<number>;
  apply_started_at: Timestamp | null;
  cancel_requested_at: Timestamp | null;
  held_at: Timestamp | null;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
  inputs_sealed: Buffer | null;
  input_repositories: Generated<string[]>;
  inputs_digest: string | null;
  provisional: Generated<boolean>;
  state_version_before: number | null;
  state_version_read: number | null;
  state_version_after: number | null;
  plan_epoch: number | null;
  plan_json_sha256: string | null;
  decision: "stop" | "apply" | "hold" | null;
  plan_sha256: string | null;
  plan_digest: string | null;
  plan_counts: Json | null;
  plan_view: Json | null;
  planned_outputs_sealed: Buffer | null;
  engine_version: string | null;
  engine_sha256: string | null;
  findings: Json | null;
  judgement_failures: Json | null;
  blocking: Generated<number>;
  overridden: Json | null;
  error: Json | null;
  cpu_seconds: number | null;
  event_sequence: Generated<number>;
  log_lines: Generated<number>;
  log_bytes: Generated<number>;
  progress_done: Generated<number>;
  log_pruned_at: Timestamp | null;
  plan_pruned_at: Timestamp | null;
  rules_commit: string | null;
  policies_digest: string | null;
}

export interface SealedVariableVersionRow {
  organization_id: string;
  repository_id: string;
  environment: string;
  component: string;
  name: string;
  version: number;
  variable_version_id: string;
  sealed: Buffer;
  created_by: string;
  created_at: Generated<Timestamp>;
}

export interface SessionRow {
  organization_id: string;
  session_id: string;
  person_id: string;
  token_hash: Buffer;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
}

export interface StateLeaseRow {
  organization_id: string;
  workspace_id: string;
  epoch: number;
  run_id: string;
  granted_at: Generated<Timestamp>;
  ended_at: Timestamp | null;
  ended_by: string | null;
  lock_info: Json | null;
}

export interface StateVersionRow {
  organization_id: string;
  workspace_id: string;
  version: number;
  state_version_id: string;
  serial: number;
  lineage: string;
  sha256: string;
  size: number;
  resource_count: number;
  resource_types: Generated<Json>;
  engine_version: string | null;
  sealed: Buffer;
  sealed_outputs: Buffer;
  run_id: string | null;
  epoch: number;
  created_at: Generated<Timestamp>;
}

export interface ToolRow {
  organization_id: string;
  sha256: string;
  name: "terraform" | "tofu";
  version: string;
  platform: string;
  source: string;
  archive_file: string | null;
  archive_sha256: string | null;
  accepted_at: Timestamp;
  accepted_by: string;
  withdrawn_at: Timestamp | null;
  withdrawn_by: string | null;
}

export interface WaiverRow {
  organization_id: string;
  repository_id: string;
  key: string;
  expires: string;
  introduced_at: Timestamp;
  introduced_by: number | null;
  renewals: Generated<number>;
  renewed_at: Timestamp | null;
  announced_for: string | null;
  removed_at: Timestamp | null;
}

export interface WorkspaceRow {
  organization_id: string;
  workspace_id: string;
  repository_id: string;
  component: string;
  environment: string;
  layer: string;
  declared: boolean;
  created_at: Generated<Timestamp>;
  frozen_at: Timestamp | null;
  frozen_reason: string | null;
  frozen_run: number | null;
  applied_run_id: string | null;
  applied_code_commit: string | null;
  applied_values_commit: string | null;
  applied_at: Timestamp | null;
  resource_count: Generated<number>;
  state_version: number | null;
  state_epoch: Generated<number>;
  drift_every_seconds: Generated<number>;
  next_check_at: Timestamp | null;
  verified_at: Timestamp | null;
  check_failed: Generated<boolean>;
}

export interface Database {
  affected_workspaces: AffectedWorkspaceRow;
  api_tokens: ApiTokenRow;
  approvals: ApprovalRow;
  audit_events: AuditEventRow;
  audit_heads: AuditHeadRow;
  comments: CommentRow;
  contributors: ContributorRow;
  counters: CounterRow;
  credentials: CredentialRow;
  deliveries: DeliveryRow;
  drift_cases: DriftCaseRow;
  drift_checks: DriftCheckRow;
  installation: InstallationRow;
  judged_workspaces: JudgedWorkspaceRow;
  known_findings: KnownFindingRow;
  notification_channels: NotificationChannelRow;
  notifications: NotificationRow;
  organization_keys: OrganizationKeyRow;
  organizations: OrganizationRow;
  overdue_alarms: OverdueAlarmRow;
  patch_sets: PatchSetRow;
  people: PeopleRow;
  person_addresses: PersonAddressRow;
  policy_repositories: PolicyRepositoryRow;
  proposed_states: ProposedStateRow;
  pull_requests: PullRequestRow;
  repositories: RepositoryRow;
  role_bindings: RoleBindingRow;
  run_artifacts: RunArtifactRow;
  run_dependencies: RunDependencyRow;
  run_events: RunEventRow;
  run_phases: RunPhaseRow;
  runners: RunnerRow;
  runs: RunRow;
  sealed_variable_versions: SealedVariableVersionRow;
  sessions: SessionRow;
  state_leases: StateLeaseRow;
  state_versions: StateVersionRow;
  tools: ToolRow;
  waivers: WaiverRow;
  workspaces: WorkspaceRow;
}
