-- How the workspaces stand: nearly all are applied and verified; some have drifted, failed, wait, are frozen, overdue, or new.
create temp table standing as
  select workspace_id, n, case when n % 500 = 3 then 'never' when n % 700 = 5 then 'frozen' when n % 200 = 7 then 'drifted'
    when n % 400 = 9 then 'failed' when n % 600 = 11 then 'overdue' when n % 300 = 13 then 'waits' else 'well' end as how
  from (select workspace_id, (n * 7919 + 13) % 10007 as n from space) as shuffled;

update workspaces w set
    applied_run_id = case when how <> 'never' then newest.run_id end,
    applied_code_commit = case when how <> 'never' then s.head_commit end,
    applied_values_commit = case when how <> 'never' then s.head_commit end,
    applied_at = case when how <> 'never' then coalesce(newest.finished_at, now() - interval '60 days') end,
    created_at = now() - interval '90 days',
    resource_count = case when how = 'never' then 0 else 4 + w_resources end,
    next_check_at = now() + interval '1 day' + interval '1 minute' * (s.n % 900),
    verified_at = case when how not in ('never', 'overdue') then now() - interval '1 minute' * (s.n % 900)
      when how = 'overdue' then now() - interval '2 days' end,
    frozen_at = case when how = 'frozen' then now() - interval '1 hour' end,
    frozen_reason = case when how = 'frozen' then 'the runner was lost while it applied' end
  from standing st join space s using (workspace_id)
    cross join lateral (select pg_temp.pick(s.n, 'resources', 30) as w_resources) as picked
    left join lateral (select run_id, finished_at from made m join runs r on r.number = m.number
      where m.kind = 'apply' and m.space = s.n order by m.number desc limit 1) as newest on false
  where w.workspace_id = st.workspace_id;
update workspaces w set applied_run_id = newest.run_id, applied_at = newest.finished_at
  from (select distinct on (workspace_id) workspace_id, run_id, finished_at from runs
    where kind = 'apply' order by workspace_id, number desc) as newest
  where newest.workspace_id = w.workspace_id and w.applied_code_commit is not null;

update runs r set status = case st.how when 'failed' then 'failed' when 'frozen' then 'unknown' else 'waits' end,
    reason = case st.how when 'failed' then 'the provider refused: quota exceeded' when 'frozen' then 'the runner was lost'
      else 'waits for #' || r.merge_sequence end,
    waits_for = case when st.how = 'waits' then 'queue' end, finished_at = case when st.how <> 'waits' then r.finished_at end
  from standing st, workspaces w
  where w.workspace_id = st.workspace_id and r.run_id = w.applied_run_id and st.how in ('failed', 'frozen', 'waits');

insert into drift_cases (organization_id, drift_case_id, number, workspace_id, status, severity, title, last_clean_at, opened_at,
    last_seen_at, opened_run_id, last_run_id, resources, findings, owners, timeline, closed_at)
  select org.id, pg_temp.id_at(now() - interval '1 day', 'case', c.n), row_number() over (order by c.open, c.n), s.workspace_id,
    case when c.open then 'open' else 'closed' end,
    (array['critical', 'high', 'medium', 'low', 'medium', 'low'])[1 + pg_temp.pick(c.n, 'severity', 6)],
    'Port 22 is open to 0.0.0.0/0', opened - interval '14 minutes', opened, now() - interval '10 minutes',
    r.run_id, r.run_id, '[]', '[]', '["@p03"]',
    jsonb_build_array(jsonb_build_object('at', to_char(opened at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'text', 'found', 'actor', 'Plumbline')), case when not c.open then opened + interval '5 hours' end
  from (select space.n, true as open, space.n as space from standing join space using (workspace_id) where how = 'drifted'
      union all select 20000 + n, false, (n * 37) % 10000 from generate_series(1, 1500) as n) as c
    join space s on s.n = c.space
    cross join lateral (select case when c.open then now() - interval '1 minute' * (c.n % 4000)
      else now() - interval '90 days' * (c.n % 1500) / 1500 - interval '1 day' end as opened) as o
    cross join lateral (select run_id from runs where runs.number = 1 + c.n) as r, org;
insert into counters select id, 'drift_case', (select count(*) from drift_cases) from org
  on conflict (organization_id, kind) do update set value = excluded.value;

insert into overdue_alarms (organization_id, alarm_id, workspace_id, due_at, raised_at)
  select org.id, gen_random_uuid(), workspace_id, now() - interval '1 day', now() - interval '1 day'
  from standing, org where how = 'overdue';

insert into known_findings (organization_id, workspace_id, fingerprint, rule, severity, title, address, attribute, file, owners,
    first_seen_at, due_at, closed_at)
  select org.id, s.workspace_id, md5(s.n || '/' || f), 'aws-' || (array['s3-encryption', 's3-versioning', 'sg-open', 'iam-star',
      'kms-rotation', 'log-retention'])[f],
    (array['critical', 'medium', 'high', 'high', 'low', 'medium'])[f], 'A finding of the applied plan', 'aws_s3_bucket.this',
    'acl', 'components/' || s.component || '/main.tf', '{@p03}', now() - interval '1 hour' * (s.n % 2000),
    case when f in (1, 3, 4) then now() + interval '1 hour' * (s.n % 700) end,
    case when f > 4 then now() - interval '1 hour' * (s.n % 2000) / 2 end
  from space s cross join generate_series(1, 6) as f, org where s.n % 10 < 8;

insert into notifications (organization_id, notification_id, event, subject, body, link, recipients, environments, created_at)
  select org.id, pg_temp.id_at(at, 'notification', n), 'approval_wanted', '#' || n || ' approval wanted', '', '/pull-requests/' || n,
    array[author], '{}', at from request, org where n > 4000;

update workspaces w set check_failed = true
  from (select distinct on (workspace_id) workspace_id, outcome from drift_checks order by workspace_id, checked_at desc) as newest
  where newest.workspace_id = w.workspace_id and newest.outcome = 'failed';
