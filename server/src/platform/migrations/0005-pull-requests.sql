create table pull_requests (
  organization_id uuid not null,
  pull_request_id uuid not null,
  number bigint not null,
  repository_id uuid not null,
  purpose text not null check (purpose in ('change', 'promotion', 'revert', 'destroy', 'import', 'rollback', 'recovery')),
  status text not null check (status in ('open', 'merged', 'closed')),
  title text not null,
  description text not null,
  ticket text,
  topic text,
  -- Null when the system opened it.
  opened_by uuid,
  opened_at timestamptz not null default now(),
  -- For those without commits: which workspaces are planned.
  workspaces jsonb,
  reverts_number bigint,
  drift_case bigint,
  -- Set by the merge; merge_sequence orders every queue.
  merged_at timestamptz,
  merged_by uuid,
  merge_commit text,
  merge_sequence bigint,
  closed_at timestamptz,
  closed_by uuid,
  -- What people were last told about it, so that they are told once.
  told text,
  primary key (organization_id, pull_request_id),
  unique (organization_id, number),
  foreign key (organization_id, repository_id) references repositories,
  foreign key (organization_id, opened_by) references people
);
create index pull_requests_open on pull_requests (organization_id, repository_id, number desc) where status = 'open';
create index pull_requests_merged on pull_requests (organization_id, repository_id, merge_sequence desc) where status = 'merged';
call plumbline_protect('pull_requests');

create table patch_sets (
  organization_id uuid not null,
  patch_set_id uuid not null,
  pull_request_id uuid not null,
  number integer not null,
  -- The pushed commit (main's own tip where there are no commits), main when it was planned, and the trial merge of
  -- both, a commit that no branch holds; null where they conflict.
  commit_id text not null,
  base_commit text not null,
  trial_commit text,
  conflicts jsonb,
  changed_paths jsonb not null,
  -- Between an environment's old pin and its new one: owners of these approve too.
  promoted_paths jsonb not null default '[]',
  -- SHA-256 over every changed file that no plan digest covers: rules, documents.
  files_digest text not null,
  -- [{id, subject, author, address}], newest first, at most 250.
  commits jsonb not null,
  pushed_by uuid,
  created_at timestamptz not null default now(),
  -- Problems of the configuration files: [{message, file, line, column, proposal}]
  problems jsonb not null,
  primary key (organization_id, patch_set_id),
  unique (organization_id, pull_request_id, number),
  foreign key (organization_id, pull_request_id) references pull_requests,
  foreign key (organization_id, pushed_by) references people
);
call plumbline_protect('patch_sets');

-- Who opened it, pushed to it, or stands in a commit as author, committer or co-author: they cannot approve.
create table contributors (
  organization_id uuid not null,
  pull_request_id uuid not null,
  person_id uuid not null,
  reason text not null check (reason in ('opened', 'pushed', 'authored', 'committed', 'co_authored')),
  primary key (organization_id, pull_request_id, person_id, reason),
  foreign key (organization_id, pull_request_id) references pull_requests,
  foreign key (organization_id, person_id) references people
);
call plumbline_protect('contributors');

-- The workspaces a patch set touches, in the order they will be applied.
create table affected_workspaces (
  organization_id uuid not null,
  patch_set_id uuid not null,
  workspace_id uuid not null,
  position integer not null,
  -- Environment's place in the order of promotion.
  stage integer not null,
  relation text not null check (relation in ('changed', 'downstream', 'removed')),
  -- Paths for which a code owner is wanted.
  touched_paths jsonb not null,
  code_commit text not null,
  values_commit text not null,
  -- What the plan reads; the same one again needs no new plan. Null where it cannot be planned before the merge.
  input_tree text,
  destroy boolean not null default false,
  -- Ids of the workspaces that go before it.
  needs jsonb not null default '[]',
  -- The newest plan run.
  run_id uuid,
  -- The digest that the gate had let pass when it was merged.
  approved_digest text,
  primary key (organization_id, patch_set_id, workspace_id),
  foreign key (organization_id, patch_set_id) references patch_sets,
  foreign key (organization_id, workspace_id) references workspaces
);
call plumbline_protect('affected_workspaces');

create table approvals (
  organization_id uuid not null,
  approval_id uuid not null,
  pull_request_id uuid not null,
  patch_set_id uuid not null,
  person_id uuid not null,
  meaning text not null,
  -- [{workspace, digest}] exactly as shown.
  digests jsonb not null,
  files_digest text not null,
  statement text not null,
  signature bytea not null,
  key_id uuid not null,
  created_at timestamptz not null default now(),
  void_at timestamptz,
  void_reason text,
  primary key (organization_id, approval_id),
  foreign key (organization_id, pull_request_id) references pull_requests,
  foreign key (organization_id, patch_set_id) references patch_sets,
  foreign key (organization_id, person_id) references people
);
create index approvals_of on approvals (organization_id, pull_request_id);
call plumbline_protect('approvals');

create table comments (
  organization_id uuid not null,
  comment_id uuid not null,
  pull_request_id uuid not null,
  kind text not null check (kind in ('summary', 'discussion', 'finding')),
  -- Null for those that Plumbline writes.
  person_id uuid,
  body text not null,
  file text,
  line integer,
  fingerprint text,
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  resolved_at timestamptz,
  primary key (organization_id, comment_id),
  foreign key (organization_id, pull_request_id) references pull_requests,
  foreign key (organization_id, person_id) references people
);
create unique index comments_one_summary on comments (organization_id, pull_request_id) where kind = 'summary';
create unique index comments_one_per_finding on comments (organization_id, pull_request_id, fingerprint) where kind = 'finding';
create index comments_of on comments (organization_id, pull_request_id, created_at);
call plumbline_protect('comments');
