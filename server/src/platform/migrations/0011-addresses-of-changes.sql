-- Whoever stands in a change's commits, [{address, reason}], known here or not: an address that turns out to be
-- somebody's later keeps him from approving too.
alter table patch_sets add column addresses jsonb not null default '[]';
