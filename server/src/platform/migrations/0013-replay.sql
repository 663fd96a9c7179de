-- A replay judges the plan of another run by the policies of a commit that is not main.
alter table runs drop constraint runs_kind_check;
alter table runs add constraint runs_kind_check check (kind in ('plan', 'apply', 'drift', 'drill', 'replay'));
alter table runs add column rules_commit text;
create index runs_replays on runs (organization_id, pull_request_id) where kind = 'replay';
