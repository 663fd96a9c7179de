-- Sealed variables: a new value is a new version, used by nobody until sealed.yaml names it.
create table sealed_variable_versions (
  organization_id uuid not null,
  repository_id uuid not null,
  environment text not null,
  -- A component's name, or 'common'.
  component text not null,
  name text not null,
  version integer not null,
  variable_version_id uuid not null,
  sealed bytea not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, repository_id, environment, component, name, version),
  foreign key (organization_id, repository_id) references repositories,
  foreign key (organization_id, created_by) references people
);
call plumbline_protect('sealed_variable_versions');

-- Credentials that environment.yaml names: environment variables for plan, and others for apply.
create table credentials (
  organization_id uuid not null references organizations,
  credential_id uuid not null,
  name text not null,
  phase text not null check (phase in ('plan', 'apply')),
  sealed bytea not null,
  variable_names text[] not null,
  updated_by uuid not null,
  updated_at timestamptz not null default now(),
  primary key (organization_id, name, phase),
  foreign key (organization_id, updated_by) references people (organization_id, person_id)
);
call plumbline_protect('credentials');
