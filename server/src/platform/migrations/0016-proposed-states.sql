-- A state that somebody brings along, until the pull request that proposes it is merged or closed. It is none of the
-- workspace's versions: plans of a workspace that holds nothing yet are made over it.
create table proposed_states (
  organization_id uuid not null,
  workspace_id uuid not null,
  pull_request_id uuid not null,
  -- What it will be called as a version: it is sealed under this id already.
  state_version_id uuid not null,
  serial bigint not null,
  lineage text not null,
  sha256 text not null,
  size bigint not null,
  resource_count integer not null,
  -- How many instances of each type it holds.
  resource_types jsonb not null,
  -- The version of the engine that wrote it, as the state itself says.
  engine_version text not null,
  -- Compressed, then sealed.
  sealed bytea not null,
  sealed_outputs bytea not null,
  proposed_at timestamptz not null,
  primary key (organization_id, workspace_id),
  unique (organization_id, pull_request_id),
  -- Two of one lineage would be the same state twice.
  unique (organization_id, lineage),
  foreign key (organization_id, workspace_id) references workspaces,
  foreign key (organization_id, pull_request_id) references pull_requests
);
alter table proposed_states alter column sealed set storage external;
call plumbline_protect('proposed_states');
