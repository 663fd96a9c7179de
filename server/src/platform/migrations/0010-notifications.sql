create table notification_channels (
  organization_id uuid not null references organizations,
  channel_id uuid not null,
  name text not null,
  kind text not null check (kind in ('webhook', 'slack', 'email')),
  -- Address or URL, sealed: webhook URLs are secrets.
  sealed_target bytea not null,
  events text[] not null,
  -- Patterns of environments whose news it gets; '*' is everything.
  environments text[] not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, channel_id),
  unique (organization_id, name),
  foreign key (organization_id, created_by) references people (organization_id, person_id)
);
call plumbline_protect('notification_channels');

create table notifications (
  organization_id uuid not null references organizations,
  notification_id uuid not null,
  event text not null,
  subject text not null,
  body text not null,
  link text not null,
  -- People it is meant for; empty for everybody on the channel.
  recipients uuid[] not null,
  -- Names of the environments it is about; none: the organization as a whole.
  environments text[] not null,
  -- What of it is told to who sees only a part of what it is about; null where it has no parts.
  part jsonb,
  created_at timestamptz not null default now(),
  primary key (organization_id, notification_id)
);
create index notifications_newest on notifications (organization_id, created_at desc);
call plumbline_protect('notifications');

create table deliveries (
  organization_id uuid not null,
  notification_id uuid not null,
  channel_id uuid not null,
  address text not null,
  attempts integer not null default 0,
  delivered_at timestamptz,
  last_error text,
  primary key (organization_id, notification_id, channel_id, address),
  foreign key (organization_id, notification_id) references notifications,
  foreign key (organization_id, channel_id) references notification_channels on delete cascade
);
call plumbline_protect('deliveries');
