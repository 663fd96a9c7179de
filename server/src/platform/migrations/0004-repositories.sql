create table repositories (
  organization_id uuid not null references organizations,
  repository_id uuid not null,
  name text not null,
  forge text not null check (forge in ('builtin')),
  -- Tip of main as last seen, and the sequence of merges.
  head_commit text,
  created_at timestamptz not null default now(),
  primary key (organization_id, repository_id),
  unique (organization_id, name)
);
call plumbline_protect('repositories');

create table workspaces (
  organization_id uuid not null,
  workspace_id uuid not null,
  repository_id uuid not null,
  component text not null,
  environment text not null,
  layer text not null,
  -- False once no configuration on main declares it; its state stays until a destroy pull request is applied.
  declared boolean not null,
  created_at timestamptz not null default now(),
  -- Frozen for apply: by whom a person must confirm, and why.
  frozen_at timestamptz,
  frozen_reason text,
  frozen_run bigint,
  -- What was last applied cleanly.
  applied_run_id uuid,
  applied_code_commit text,
  applied_values_commit text,
  applied_at timestamptz,
  resource_count integer not null default 0,
  -- State: the newest version, and the epoch of the newest lease.
  state_version bigint,
  state_epoch bigint not null default 0,
  -- Drift watching.
  drift_every_seconds integer not null default 900,
  next_check_at timestamptz,
  verified_at timestamptz,
  -- Whether the newest check could not look.
  check_failed boolean not null default false,
  primary key (organization_id, workspace_id),
  unique (organization_id, repository_id, component, environment),
  foreign key (organization_id, repository_id) references repositories
);
create index workspaces_due on workspaces (next_check_at) where next_check_at is not null;
call plumbline_protect('workspaces');
