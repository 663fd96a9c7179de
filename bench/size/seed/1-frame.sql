-- What the other files of this folder draw from. Run as the database's owner, in one session, with the settings
-- bench.runs, bench.entries and bench.pull_requests; nothing checks foreign keys meanwhile, and the indexes of the large
-- tables are made at the end.
set synchronous_commit = off;
set session_replication_role = replica;
set work_mem = '256MB';
set maintenance_work_mem = '512MB';
select set_config('plumbline.system', 'on', false);

create temp table dropped_indexes as
  select indexdef from pg_indexes
  where schemaname = 'public' and tablename in ('audit_events', 'runs', 'known_findings', 'drift_checks')
    and not exists (select from pg_constraint where conname = indexname);
do $$
declare name text;
begin
  for name in select indexname from pg_indexes
    where schemaname = 'public' and tablename in ('audit_events', 'runs', 'known_findings', 'drift_checks')
      and not exists (select from pg_constraint where conname = indexname)
  loop execute format('drop index %I', name); end loop;
end $$;

-- A UUID of version 7 made at a time, the same for the same number.
create function pg_temp.id_at(at timestamptz, kind text, number bigint) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(kind || number::text), 1, 3)
    || '8' || substr(md5(number::text || kind), 1, 15))::uuid
$$;

-- A whole number from 0 to below `below`, the same for the same number and salt.
create function pg_temp.pick(number bigint, salt text, below integer) returns integer language sql immutable as $$
  select (abs(hashtextextended(salt, number)) % below)::integer
$$;

create temp table org as select organization_id as id from organizations limit 1;

insert into people (organization_id, person_id, name, display_name, email)
  select org.id, pg_temp.id_at(now() - interval '90 days', 'person', n), 'p' || lpad(n::text, 2, '0'),
    'Person ' || n, 'p' || n || '@acme.example'
  from org, generate_series(1, 60) as n;
insert into role_bindings (organization_id, person_id, role, environments)
  select p.organization_id, p.person_id,
    case when n.n <= 40 then 'proposer' when n.n <= 55 then 'approver' else 'operator' end, '*'
  from generate_series(1, 60) as n(n) join people p on p.name = 'p' || lpad(n.n::text, 2, '0');

-- An engine that is accepted, and that every runner has: what is planned is queued.
insert into tools (organization_id, sha256, name, version, platform, source, accepted_at, accepted_by)
  select org.id, repeat('e', 64), 'terraform', '1.11.4', 'linux_amd64', '/usr/bin/terraform', now(), 'platform' from org;
insert into runners (organization_id, runner_id, name, token_hash, environments, last_seen_at, version, capacity, engines)
  select org.id, pg_temp.id_at(now() - interval '90 days', 'runner', n), 'runner-' || n, sha256(n::text::bytea), '{*}',
    now(), '0.1.0', 8, jsonb_build_array(jsonb_build_object('name', 'terraform', 'version', '1.11.4',
      'platform', 'linux_amd64', 'sha256', repeat('e', 64), 'source', '/usr/bin/terraform'))
  from org, generate_series(1, 12) as n;

create temp table person as select row_number() over (order by name) - 1 as n, person_id, name from people;
create temp table space as
  select w.*, r.head_commit, r.name as repository, w.component || '/' || w.environment as name,
    row_number() over (order by r.name, w.component, w.environment) - 1 as n
  from workspaces w join repositories r using (organization_id, repository_id);
create unique index on space (n);
create unique index on space (repository_id, component, environment);
create unique index on space (workspace_id);
create temp table component as
  select repository_id, component, row_number() over (order by repository_id, component) - 1 as n,
    array_agg(workspace_id order by environment) as workspaces, min(head_commit) as head_commit
  from space group by repository_id, component;
create unique index on component (n);
analyze person; analyze space; analyze component;
