create table state_versions (
  organization_id uuid not null,
  workspace_id uuid not null,
  version bigint not null,
  state_version_id uuid not null,
  serial bigint not null,
  lineage text not null,
  sha256 text not null,
  size bigint not null,
  resource_count integer not null,
  -- How many instances of each type of managed resource it holds: {"aws_vpc": 1}.
  resource_types jsonb not null default '{}',
  -- The version of the engine that wrote it, as the state itself says.
  engine_version text,
  -- Compressed, then sealed.
  sealed bytea not null,
  sealed_outputs bytea not null,
  run_id uuid,
  epoch bigint not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, workspace_id, version),
  foreign key (organization_id, workspace_id) references workspaces,
  foreign key (organization_id, run_id) references runs
);
alter table state_versions alter column sealed set storage external;
call plumbline_protect('state_versions');

-- The lease for writing a state. At most one is open; an expired one of an apply is never granted again by itself.
create table state_leases (
  organization_id uuid not null,
  workspace_id uuid not null,
  epoch bigint not null,
  run_id uuid not null,
  granted_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by text,
  -- terraform's own lock record, while it holds one.
  lock_info jsonb,
  primary key (organization_id, workspace_id, epoch),
  foreign key (organization_id, workspace_id) references workspaces,
  foreign key (organization_id, run_id) references runs
);
create unique index state_leases_one_open on state_leases (organization_id, workspace_id) where ended_at is null;
call plumbline_protect('state_leases');
