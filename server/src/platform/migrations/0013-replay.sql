-- A replay judges the plan of another run by the policies of a commit that is not main.
alter table runs drop constraint runs_kind_check;
alter table runs add constraint runs_kind_check check (kind in ('plan', 'apply', 'drift', 'drill', 'replay'));
alter table runs add column rules_commit text;
-- SHA-256 over the policies that the runner was given, environment and layer: what was judged under others is judged anew.
alter table runs add column policies_digest text;
-- The trial merge whose policies the newest plans are judged by, or were; null while that has not begun.
alter table patch_sets add column replayed_commit text;
create index runs_replays on runs (organization_id, pull_request_id) where kind = 'replay';
