-- What holds for the installation as a whole: one row, written once. The root key's id tells nothing about the key; a
-- server that holds another key would seal what the others cannot read, so it is refused at its start.
create table installation (
  only_one boolean primary key default true check (only_one),
  root_key_id text not null check (root_key_id ~ '^[0-9a-f]{32}$'),
  created_at timestamptz not null default now()
);
alter table installation enable row level security;
create policy everybody_reads on installation for select using (true);
create policy system_writes on installation for insert with check (plumbline_is_system());
grant select, insert on installation to plumbline_application;

-- An installation that has sealed things already: each begins with a format of 5 bytes and the id of its key, 16.
insert into installation (root_key_id)
  select encode(substring(sealed from 6 for 16), 'hex') from (
    select sealed_private_key as sealed from organization_keys
    union all (select sealed from state_versions limit 1)
    union all (select sealed from sealed_variable_versions limit 1)
  ) as anything where length(sealed) > 21 limit 1;
