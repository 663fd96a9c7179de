create table people (
  organization_id uuid not null references organizations,
  person_id uuid not null,
  name text not null,
  display_name text not null,
  email text,
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organization_id, person_id),
  unique (organization_id, name)
);
call plumbline_protect('people');

-- Addresses that stand in commits as author, committer or co-author; kept in lower case.
create table person_addresses (
  organization_id uuid not null,
  address text not null,
  person_id uuid not null,
  primary key (organization_id, address),
  foreign key (organization_id, person_id) references people
);
call plumbline_protect('person_addresses');

create table role_bindings (
  organization_id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('reader', 'proposer', 'approver', 'operator', 'auditor', 'administrator')),
  environments text not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, person_id, role, environments),
  foreign key (organization_id, person_id) references people
);
call plumbline_protect('role_bindings');

-- Sessions and tokens: 32 random bytes, kept as SHA-256.
create table sessions (
  organization_id uuid not null,
  session_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (organization_id, session_id),
  foreign key (organization_id, person_id) references people
);
call plumbline_protect('sessions');

create table api_tokens (
  organization_id uuid not null,
  token_id uuid not null,
  person_id uuid not null,
  name text not null,
  token_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, token_id),
  foreign key (organization_id, person_id) references people
);
call plumbline_protect('api_tokens');
