-- Roles, and the two settings that row-level security reads. A request or task runs in a transaction that sets
-- plumbline.organization_id; the few reads that must cross organizations (login, claiming) set plumbline.system.
do $$
begin
  if not exists (select from pg_roles where rolname = 'plumbline_application') then
    create role plumbline_application nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'plumbline_audit') then
    create role plumbline_audit nologin;
  end if;
end $$;

grant usage on schema public to plumbline_application, plumbline_audit;

create function plumbline_organization() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('plumbline.organization_id', true), '')::uuid $$;

create function plumbline_is_system() returns boolean
  language sql stable parallel safe
  as $$ select coalesce(current_setting('plumbline.system', true), '') = 'on' $$;

-- Turns on row-level security for a table and lets the application use it. Every migration that makes a table calls it.
-- The settings are read once per statement (sub-selects), not once per row.
create procedure plumbline_protect(table_name text)
  language plpgsql
  as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format(
    'create policy tenant on %I using (organization_id = (select plumbline_organization()) or (select plumbline_is_system()))',
    table_name);
  execute format('grant select, insert, update, delete on %I to plumbline_application', table_name);
end $$;

create table organizations (
  organization_id uuid primary key,
  name text not null unique,
  created_at timestamptz not null default now()
);
call plumbline_protect('organizations');

-- Numbers that people see (run 1893, #128, case 57): gapless enough, per organization and kind.
create table counters (
  organization_id uuid not null references organizations,
  kind text not null,
  value bigint not null,
  primary key (organization_id, kind)
);
call plumbline_protect('counters');

-- Sealed keys of an organization: the one that signs approvals.
create table organization_keys (
  organization_id uuid not null references organizations,
  key_id uuid not null,
  purpose text not null check (purpose in ('signing')),
  public_key bytea not null,
  sealed_private_key bytea not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, key_id)
);
call plumbline_protect('organization_keys');
