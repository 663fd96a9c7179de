-- The repository of an organization whose main says policies for all of them; at most one.
create table policy_repositories (
  organization_id uuid primary key references organizations,
  repository_id uuid not null,
  named_at timestamptz not null,
  foreign key (organization_id, repository_id) references repositories
);
call plumbline_protect('policy_repositories');
