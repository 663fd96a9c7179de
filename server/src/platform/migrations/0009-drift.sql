create table drift_checks (
  organization_id uuid not null,
  workspace_id uuid not null,
  run_id uuid not null,
  checked_at timestamptz not null default now(),
  outcome text not null check (outcome in ('clean', 'drifted', 'failed')),
  severity text check (severity in ('critical', 'high', 'medium', 'low')),
  -- Why it failed.
  detail text,
  primary key (organization_id, run_id),
  foreign key (organization_id, workspace_id) references workspaces,
  foreign key (organization_id, run_id) references runs
);
create index drift_checks_of on drift_checks (organization_id, workspace_id, checked_at desc);
call plumbline_protect('drift_checks');

create table drift_cases (
  organization_id uuid not null,
  drift_case_id uuid not null,
  number bigint not null,
  workspace_id uuid not null,
  status text not null check (status in ('open', 'reverting', 'closed')),
  severity text not null check (severity in ('critical', 'high', 'medium', 'low')),
  title text not null,
  -- The check before it was clean; the change happened after that.
  last_clean_at timestamptz,
  opened_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  opened_run_id uuid not null,
  last_run_id uuid not null,
  -- What changed, as ResourceView[] of the contract: sensitive values taken out.
  resources jsonb not null,
  findings jsonb not null,
  owners jsonb not null,
  -- [{at, text, actor}], oldest first.
  timeline jsonb not null,
  pull_request_id uuid,
  closed_at timestamptz,
  closed_run_id uuid,
  primary key (organization_id, drift_case_id),
  unique (organization_id, number),
  foreign key (organization_id, workspace_id) references workspaces,
  foreign key (organization_id, opened_run_id) references runs,
  foreign key (organization_id, last_run_id) references runs,
  foreign key (organization_id, pull_request_id) references pull_requests
);
create index drift_cases_listed on drift_cases (organization_id, (status = 'closed'), number desc);
create index drift_cases_of on drift_cases (organization_id, workspace_id, number desc);
create unique index drift_cases_one_open on drift_cases (organization_id, workspace_id) where status <> 'closed';
call plumbline_protect('drift_cases');

-- A check that did not run in time.
create table overdue_alarms (
  organization_id uuid not null,
  alarm_id uuid not null,
  workspace_id uuid not null,
  due_at timestamptz not null,
  raised_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (organization_id, alarm_id),
  foreign key (organization_id, workspace_id) references workspaces
);
create unique index overdue_alarms_one_open on overdue_alarms (organization_id, workspace_id) where ended_at is null;
call plumbline_protect('overdue_alarms');
