create table runners (
  organization_id uuid not null references organizations,
  runner_id uuid not null,
  name text not null,
  token_hash bytea not null unique,
  environments text[] not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  last_seen_at timestamptz,
  version text,
  capacity integer,
  engines jsonb,
  primary key (organization_id, runner_id),
  unique (organization_id, name)
);
call plumbline_protect('runners');

-- The tool lock: binaries that runs may use, by their hash. A withdrawn one stays, and can be accepted again.
create table tools (
  organization_id uuid not null references organizations,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name text not null check (name in ('terraform', 'tofu')),
  version text not null,
  -- Operating system and architecture: linux_amd64.
  platform text not null,
  source text not null,
  -- The release it was taken from, by which runners may fetch it.
  archive_file text,
  archive_sha256 text,
  accepted_at timestamptz not null,
  accepted_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (organization_id, sha256)
);
call plumbline_protect('tools');

create table runs (
  organization_id uuid not null,
  run_id uuid not null,
  number bigint not null,
  kind text not null check (kind in ('plan', 'apply', 'drift', 'drill')),
  workspace_id uuid not null,
  pull_request_id uuid,
  patch_set_id uuid,
  status text not null check (status in
    ('waits', 'queued', 'running', 'held', 'finished', 'failed', 'unknown', 'canceled', 'superseded', 'expired')),
  -- One sentence: why it is in this status.
  reason text,
  phase text check (phase in ('fetch', 'init', 'plan', 'check', 'apply')),
  created_at timestamptz not null default now(),
  -- What is planned: code and values may come from two commits (pins). Before the merge they are the trial merge.
  code_commit text not null,
  values_commit text not null,
  -- SHA-256 over the paths, modes and blobs that the run may read.
  input_tree text,
  destroy boolean not null default false,
  -- What the code asks for, known from when it is queued.
  engine_name text,
  engine_constraint text,
  -- Apply: order in the workspace's queue, the environment's stage, the plan whose bytes are applied.
  merge_sequence bigint,
  stage integer not null default 0,
  planned_run_id uuid,
  -- What of that plan was approved: its artifacts' epoch, digest, and what it was planned on.
  planned jsonb,
  -- Why it waits, for programs: upstream, outputs, queue, needs, stage, frozen, engine.
  waits_for text check (waits_for in ('upstream', 'outputs', 'queue', 'needs', 'stage', 'frozen', 'engine')),
  -- After an unknown run a person looks at the new plan, whatever its digest.
  hold_required boolean not null default false,
  attempt integer not null default 1,
  -- The lease.
  epoch bigint not null default 0,
  runner_id uuid,
  claimed_at timestamptz,
  lease_expires_at timestamptz,
  -- How often it went back to the queue because its runner was lost before it could change anything.
  requeues integer not null default 0,
  -- When the writing credential was handed out under this epoch: from here on a lost runner leaves the run unknown.
  apply_started_at timestamptz,
  cancel_requested_at timestamptz,
  held_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  -- Inputs from other workspaces' outputs: a numbered, sealed snapshot; which of them are only planned.
  inputs_sealed bytea,
  -- Other repositories that some of them come from.
  input_repositories uuid[] not null default '{}',
  inputs_digest text,
  provisional boolean not null default false,
  -- What came out.
  state_version_before bigint,
  -- The version it was given under this epoch: the log has one entry for it, however often an engine asks.
  state_version_read bigint,
  state_version_after bigint,
  -- The epoch under which the plan was reported, the hash of its JSON, and what the runner was told.
  plan_epoch bigint,
  plan_json_sha256 text,
  decision text check (decision in ('stop', 'apply', 'hold')),
  plan_sha256 text,
  plan_digest text,
  plan_counts jsonb,
  plan_view jsonb,
  planned_outputs_sealed bytea,
  engine_version text,
  engine_sha256 text,
  findings jsonb,
  judgement_failures jsonb,
  blocking integer not null default 0,
  overridden jsonb,
  error jsonb,
  cpu_seconds double precision,
  -- What was reported so far: the newest event of this epoch, lines and bytes of log, resources applied.
  event_sequence bigint not null default 0,
  log_lines bigint not null default 0,
  log_bytes bigint not null default 0,
  progress_done integer not null default 0,
  -- When retention took the log away, and the plan files with what else is sealed of the run.
  log_pruned_at timestamptz,
  plan_pruned_at timestamptz,
  primary key (organization_id, run_id),
  unique (organization_id, number),
  foreign key (organization_id, workspace_id) references workspaces,
  foreign key (organization_id, pull_request_id) references pull_requests,
  foreign key (organization_id, patch_set_id) references patch_sets,
  foreign key (organization_id, runner_id) references runners
);
create index runs_claimable on runs (created_at) where status = 'queued';
create index runs_status on runs (organization_id, status, number desc);
create index runs_leased on runs (lease_expires_at) where status = 'running';
create index runs_workspace on runs (organization_id, workspace_id, number desc);
create index runs_pull_request on runs (organization_id, pull_request_id, number desc) where pull_request_id is not null;
create index runs_unapplied on runs (organization_id, workspace_id, merge_sequence)
  where kind = 'apply' and status in ('waits', 'queued', 'running', 'held', 'failed', 'unknown', 'expired', 'canceled');
create index runs_planned on runs (organization_id, planned_run_id) where planned_run_id is not null;
create index runs_unpruned on runs (organization_id, finished_at) where log_pruned_at is null or plan_pruned_at is null;
create index runs_foreign_inputs on runs using gin (input_repositories) where input_repositories <> '{}';
call plumbline_protect('runs');

-- A run waits until those it needs have finished (same pull request, same environment, upstream component).
create table run_dependencies (
  organization_id uuid not null,
  run_id uuid not null,
  needs_run_id uuid not null,
  primary key (organization_id, run_id, needs_run_id),
  foreign key (organization_id, run_id) references runs,
  foreign key (organization_id, needs_run_id) references runs (organization_id, run_id)
);
create index run_dependencies_needed on run_dependencies (organization_id, needs_run_id);
call plumbline_protect('run_dependencies');

create table run_phases (
  organization_id uuid not null,
  run_id uuid not null,
  phase text not null check (phase in ('fetch', 'init', 'plan', 'check', 'apply')),
  outcome text check (outcome in ('ok', 'failed', 'canceled', 'skipped')),
  line text,
  started_at timestamptz,
  finished_at timestamptz,
  seconds double precision,
  cpu_seconds double precision,
  primary key (organization_id, run_id, phase),
  foreign key (organization_id, run_id) references runs
);
call plumbline_protect('run_phases');

-- The journal as the runner reported it, secrets masked before they left the runner.
create table run_events (
  organization_id uuid not null,
  run_id uuid not null,
  epoch bigint not null,
  sequence bigint not null,
  at timestamptz not null,
  type text not null,
  phase text not null,
  body jsonb not null,
  -- Of a log event: the number of its first line, counted from 1 within the run.
  first_line bigint,
  primary key (organization_id, run_id, epoch, sequence),
  foreign key (organization_id, run_id) references runs
);
create index run_events_log on run_events (organization_id, run_id, first_line) where first_line is not null;
call plumbline_protect('run_events');

-- Sealed bytes: the plan file, its JSON, a rescued state.
create table run_artifacts (
  organization_id uuid not null,
  run_id uuid not null,
  epoch bigint not null,
  kind text not null check (kind in ('plan', 'plan_json', 'errored_state')),
  artifact_id uuid not null,
  sha256 text not null,
  size bigint not null,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, run_id, epoch, kind),
  foreign key (organization_id, run_id) references runs
);
alter table run_artifacts alter column sealed set storage external;
call plumbline_protect('run_artifacts');
