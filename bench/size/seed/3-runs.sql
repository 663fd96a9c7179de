-- Runs of the pull requests (a plan each, an apply where merged), then drift checks up to the wanted number; numbered as made.
-- bench.views, bench.findings: JSON lists of plan views and findings to choose from.
create temp table view as
  select row_number() over () - 1 as n, value as view, value -> 'counts' as counts
  from jsonb_array_elements(current_setting('bench.views')::jsonb);
create temp table found as select current_setting('bench.findings')::jsonb as findings;

create temp table made as
  select row_number() over (order by at, kind desc) as number, all_runs.* from (
    select 'plan' as kind, n, at + interval '1 minute' as at, space, request, status, at as request_at from change
    union all
    select 'apply', n, at + interval '3 hours', space, request, status, at from change where status = 'merged'
    union all
    select 'drift', n, now() - interval '7 days' + interval '7 days' * n / total, (n * 7919) % 10000, null, null, null
      from (select n, current_setting('bench.runs')::integer - (select count(*) from change)
          - (select count(*) from change where status = 'merged') as total
        from generate_series(1, current_setting('bench.runs')::integer) as n) as checks
      where n <= total) as all_runs;
create unique index on made (number);
analyze made;

insert into runs (organization_id, run_id, number, kind, workspace_id, pull_request_id, patch_set_id, status, created_at,
    code_commit, values_commit, input_tree, engine_name, engine_constraint, merge_sequence, planned_run_id, planned, attempt,
    epoch, runner_id, claimed_at, started_at, finished_at, reason, state_version_before, state_version_after, plan_epoch,
    plan_sha256, plan_digest, plan_counts, plan_view, engine_version, findings, judgement_failures, blocking, error, log_lines,
    log_bytes, progress_done)
  select org.id, pg_temp.id_at(coalesce(m.request_at, m.at), m.kind, m.n), m.number, m.kind, s.workspace_id,
    case when m.request is not null then pg_temp.id_at(m.request_at, 'pull request', m.request) end,
    case when m.request is not null then pg_temp.id_at(m.request_at, 'patch set', m.request) end,
    case when m.kind = 'drift' and m.n % 200 = 0 then 'failed'
      when m.kind = 'plan' and m.status <> 'open' and m.n % 40 = 0 then 'superseded'
      else 'finished' end,
    m.at, s.head_commit, s.head_commit, md5('tree' || m.n), 'terraform', '>= 1.6',
    case when m.kind = 'apply' then m.request end,
    case when m.kind = 'apply' then pg_temp.id_at(m.request_at, 'plan', m.n) end,
    case when m.kind = 'apply' then jsonb_build_object('runId', pg_temp.id_at(m.request_at, 'plan', m.n), 'run', m.number,
      'epoch', 1, 'digest', md5('digest' || m.n) || md5('plan' || m.n), 'planSha256', null, 'stateVersion', 1,
      'inputsDigest', null, 'policiesDigest', '', 'inputTree', md5('tree' || m.n), 'engineSha256', null, 'provisional', false,
      'counts', v.counts, 'blocking', 0) end,
    1, 1, pg_temp.id_at(now() - interval '90 days', 'runner', 1 + m.number % 12), m.at, m.at, m.at + interval '40 seconds',
    case when m.kind = 'drift' and m.n % 200 = 0 then 'the provider could not be reached' end,
    1, case when m.kind = 'apply' then 2 end, case when m.kind = 'apply' then null else 1 end, md5('bytes' || m.n),
    case when m.kind = 'plan' then md5('digest' || m.n) || md5('plan' || m.n) end, v.counts,
    case when m.kind = 'plan' then v.view end, '1.11.4',
    case when m.kind = 'plan' then case when m.n % 4 = 0 then found.findings else '[]' end end,
    case when m.kind = 'plan' then '[]'::jsonb end, 0, null, case when m.kind = 'drift' then 12 else 60 end, 4000, 2
  from made m join space s on s.n = m.space
    join view v on v.n = pg_temp.pick(m.n, 'view', (select count(*)::integer from view)), org, found;

insert into run_phases (organization_id, run_id, phase, outcome, line, started_at, finished_at, seconds, cpu_seconds)
  select r.organization_id, r.run_id, each.phase, 'ok', '2 to add, 1 to change', r.started_at, r.finished_at, 9.5, 2.5
  from runs r cross join unnest(array['fetch', 'init', 'plan', 'check']) as each (phase)
  where r.kind <> 'drift' or each.phase in ('init', 'plan');

insert into run_events (organization_id, run_id, epoch, sequence, at, type, phase, body, first_line)
  select r.organization_id, r.run_id, 1, n, r.started_at, 'log', 'plan',
    jsonb_build_object('lines', (select jsonb_agg('aws_s3_bucket.this: Refreshing state... [id=bucket-' || line || ']')
      from generate_series(1, 10) as line)), 1 + (n - 1) * 10
  from runs r cross join generate_series(1, 6) as n where r.number > current_setting('bench.runs')::integer - 8000;

insert into drift_checks (organization_id, workspace_id, run_id, checked_at, outcome, detail)
  select organization_id, workspace_id, run_id, finished_at,
    case when status = 'failed' then 'failed' when number % 400 = 0 then 'drifted' else 'clean' end, reason
  from runs where kind = 'drift';

insert into counters select id, 'run', current_setting('bench.runs')::bigint from org
  on conflict (organization_id, kind) do update set value = excluded.value;
