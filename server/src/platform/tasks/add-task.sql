-- Applied at every migration, after the task queue's own. Adds one task in the caller's transaction. It runs as the
-- owner because the queue's tables admit nobody else.
create schema if not exists plumbline_tasks;

create or replace function plumbline_tasks.add_task(
  name text, payload json, queue_name text, run_at timestamptz, job_key text, job_key_mode text, max_attempts integer
) returns bigint
  language sql security definer set search_path = pg_catalog
  as $$
    select (graphile_worker.add_job(
      identifier => name, payload => payload, queue_name => queue_name, run_at => run_at, max_attempts => max_attempts,
      job_key => job_key, job_key_mode => job_key_mode)).id
  $$;

revoke all on function plumbline_tasks.add_task from public;
grant execute on function plumbline_tasks.add_task to plumbline_application;
