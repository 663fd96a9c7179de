-- The audit log. Entries are appended by a function that its own role owns; the application may call it and read,
-- and can neither update nor delete. Leaf hashes are stored when written, so that the log can be made a tree.
create table audit_events (
  organization_id uuid not null references organizations,
  sequence bigint not null,
  event_id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'runner', 'system')),
  actor_id uuid,
  actor_name text not null,
  action text not null,
  workspace text,
  environment text,
  pull_request bigint,
  run bigint,
  canonical text not null,
  leaf_hash bytea not null,
  primary key (organization_id, sequence),
  unique (organization_id, event_id)
);
create index audit_events_at on audit_events (organization_id, at desc, sequence desc);
create index audit_events_actor on audit_events (organization_id, actor_name, sequence desc);
create index audit_events_action on audit_events (organization_id, action collate "C", sequence desc);
create index audit_events_workspace on audit_events (organization_id, workspace, sequence desc) where workspace is not null;
create index audit_events_environment on audit_events (organization_id, environment, sequence desc) where environment is not null;
create index audit_events_pull_request on audit_events (organization_id, pull_request, sequence desc) where pull_request is not null;

create table audit_heads (
  organization_id uuid primary key references organizations,
  sequence bigint not null
);

alter table audit_events enable row level security;
alter table audit_heads enable row level security;
create policy tenant_read on audit_events for select
  using (organization_id = (select plumbline_organization()) or (select plumbline_is_system()));
create policy appender on audit_events to plumbline_audit using (true) with check (true);
create policy appender on audit_heads to plumbline_audit using (true) with check (true);
grant select on audit_events to plumbline_application;
grant select, insert on audit_events to plumbline_audit;
grant select, insert, update on audit_heads to plumbline_audit;
grant select on organizations to plumbline_audit;

-- Appends one entry and answers its sequence number. The canonical text holds everything, the sequence apart;
-- leaf = SHA-256(0x00 || canonical), RFC 6962's leaf hash. Serialised per organization by the head's row lock,
-- so call it last in a transaction.
create function audit_append(
  organization uuid, event uuid, at timestamptz, actor_kind text, actor_id uuid, actor_name text, action text,
  workspace text, environment text, pull_request bigint, run bigint, canonical text
) returns bigint
  language plpgsql security definer set search_path = public
  as $$
declare
  position bigint;
begin
  if organization is distinct from plumbline_organization() and not plumbline_is_system() then
    raise exception 'audit entry for another organization';
  end if;
  insert into audit_heads as head (organization_id, sequence) values (organization, 1)
    on conflict (organization_id) do update set sequence = head.sequence + 1
    returning head.sequence into position;
  insert into audit_events values (
    organization, position, event, at, actor_kind, actor_id, actor_name, action, workspace, environment, pull_request, run,
    canonical, sha256('\x00'::bytea || convert_to(canonical, 'UTF8')));
  return position;
end $$;
grant create on schema public to plumbline_audit;
alter function audit_append owner to plumbline_audit;
revoke create on schema public from plumbline_audit;
revoke all on function audit_append from public;
grant execute on function audit_append to plumbline_application;
