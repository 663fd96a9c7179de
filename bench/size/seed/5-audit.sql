-- The audit log: what people and runners did to those runs and pull requests, then sign-ins up to the wanted number. The
-- canonical text is RFC 8785: its members sorted, none of them absent but those that may be.
create temp table entry as
  select row_number() over (order by at, ordinal) as sequence, what.* from (
    select r.created_at + interval '5 seconds' * step as at, r.number * 10 + step as ordinal, r.number as run, r.pull_request_id,
      r.workspace_id,
      case when r.kind = 'apply' then (array['run.queued', 'run.secrets_read', 'run.applying', 'state.read', 'state.written',
          'run.applied', 'findings.noted', 'run.finished'])[step]
        when r.kind = 'plan' then (array['run.queued', 'run.secrets_read', 'state.read', 'run.planned', 'findings.noted',
          'run.finished', 'pull_request.approved', 'pull_request.commented'])[step]
        else (array['run.queued', 'run.secrets_read', 'state.read', 'run.planned', 'run.finished', 'drift_check.asked',
          'overdue.ended', 'workspace.confirmed_stopped'])[step] end as action, step
    from runs r cross join generate_series(1, 8) as step
    union all
    select now() - interval '90 days' + interval '90 days' * n / 200000, n, null, null, null,
      (array['session.started', 'session.ended', 'token.created', 'state.compared'])[1 + n % 4], 0
    from generate_series(1, current_setting('bench.entries')::integer) as n
    where n <= current_setting('bench.entries')::integer - 8 * (select count(*) from runs)) as what;

delete from audit_events;
insert into audit_events
  select org.id, e.sequence, id.id, at.at, actor.kind, actor.id, actor.name, e.action, s.name, s.environment, p.number, e.run,
    text.canonical, sha256('\x00'::bytea || convert_to(text.canonical, 'UTF8'))
  from entry e
    left join space s on s.workspace_id = e.workspace_id
    left join pull_requests p on p.pull_request_id = e.pull_request_id
    join person on person.n = pg_temp.pick(coalesce(p.number, e.ordinal), 'actor', 60)
    cross join lateral (select date_trunc('milliseconds', e.at) as at) as at
    cross join lateral (select pg_temp.id_at(e.at, 'entry', e.sequence) as id offset 0) as id
    cross join lateral (select case when e.step in (0, 1, 7, 8) then 'person' else 'runner' end as kind,
      case when e.step in (0, 1, 7, 8) then person.person_id
        else pg_temp.id_at(e.at, 'runner', 1 + e.sequence % 12) end as id,
      case when e.step in (0, 1, 7, 8) then person.name else 'runner-' || (1 + e.sequence % 12) end as name offset 0) as actor
    cross join org
    cross join lateral (select '{"action":"' || e.action || '","actor":{"id":"' || actor.id || '","kind":"' || actor.kind
      || '","name":"' || actor.name || '"},"at":"' || to_char(at.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || '","details":{"step":' || e.step || '}'
      || case when s.environment is null then '' else ',"environment":"' || s.environment || '"' end
      || ',"event":"' || id.id || '","organization":"' || org.id || '"'
      || case when p.number is null then '' else ',"pullRequest":' || p.number end
      || case when e.run is null then '' else ',"run":' || e.run end
      || ',"text":"' || actor.name || ' ' || replace(e.action, '.', ' ') || coalesce(' in ' || s.name, '') || '","version":1'
      || case when s.name is null then '' else ',"workspace":"' || s.name || '"' end || '}' as canonical offset 0) as text;
