-- Findings that what is applied has: those were there before a change. One row each, opened when an applied plan (or the
-- recorded state under it) shows it first, closed when an applied plan has it no more.
create table known_findings (
  organization_id uuid not null,
  workspace_id uuid not null,
  fingerprint text not null,
  rule text not null,
  severity text not null check (severity in ('critical', 'high', 'medium', 'low')),
  title text not null,
  address text,
  attribute text,
  file text,
  -- Code owners on main of the file it stands in.
  owners text[] not null default '{}',
  first_seen_at timestamptz not null,
  -- From when it blocks; null while its severity does not.
  due_at timestamptz,
  closed_at timestamptz,
  primary key (organization_id, workspace_id, fingerprint),
  foreign key (organization_id, workspace_id) references workspaces
);
create index known_findings_open on known_findings (organization_id, due_at, first_seen_at, workspace_id, fingerprint)
  where closed_at is null;
call plumbline_protect('known_findings');

-- SHA-256 over the policies under which a workspace's applied plan was judged: when others are in force, what they find
-- in code that nobody touched was there before.
create table judged_workspaces (
  organization_id uuid not null,
  workspace_id uuid not null,
  policies_digest text not null,
  primary key (organization_id, workspace_id),
  foreign key (organization_id, workspace_id) references workspaces
);
call plumbline_protect('judged_workspaces');

-- What became of each waiver of main: when it came, how often it was prolonged. The file itself says what it is.
create table waivers (
  organization_id uuid not null,
  repository_id uuid not null,
  -- Rule, address and environment pattern as a JSON list.
  key text not null,
  expires date not null,
  introduced_at timestamptz not null,
  -- Number of the pull request that brought it; null where it came with the first commits.
  introduced_by bigint,
  renewals integer not null default 0,
  renewed_at timestamptz,
  -- The expiry that people were told of.
  announced_for date,
  removed_at timestamptz,
  primary key (organization_id, repository_id, key),
  foreign key (organization_id, repository_id) references repositories
);
call plumbline_protect('waivers');
