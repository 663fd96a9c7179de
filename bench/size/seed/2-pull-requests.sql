-- Pull requests over 90 days, each of one component in one to six environments; the newest are open. `change` names what
-- each touches, for the runs.
create temp table request as
  select made.n, made.at, case when made.n > total - 160 and pg_temp.pick(made.n, 'open', 10) < 7 then 'open'
      when pg_temp.pick(made.n, 'closed', 25) = 0 then 'closed' else 'merged' end as status,
    c.repository_id, c.component, c.head_commit,
    c.workspaces[1 : 1 + pg_temp.pick(made.n, 'width', 6)] as workspaces,
    person.person_id as author
  from (select n, total, now() - interval '90 days' + interval '90 days' * n / total as at
      from (select current_setting('bench.pull_requests')::integer as total) as setting, generate_series(1, total) as n) as made
    join component c on c.n = pg_temp.pick(made.n, 'component', (select count(*)::integer from component))
    join person on person.n = pg_temp.pick(made.n, 'author', 40);
create unique index on request (n);
analyze request;

insert into pull_requests (organization_id, pull_request_id, number, repository_id, purpose, status, title, description,
    opened_by, opened_at, merged_at, merged_by, merge_commit, merge_sequence, closed_at, told)
  select org.id, pg_temp.id_at(at, 'pull request', n), n, repository_id, 'change', status,
    (array['Raise the replicas of ', 'Keep the logs of ', 'Encrypt the bucket of ', 'Tag everything in ', 'Move the key of '])
      [1 + pg_temp.pick(n, 'title', 5)] || component,
    '', author, at,
    case when status = 'merged' then at + interval '3 hours' end, case when status = 'merged' then author end,
    case when status = 'merged' then md5(n::text) || '00000000' end, case when status = 'merged' then n end,
    case when status = 'closed' then at + interval '3 hours' end, 'seeded'
  from request, org;

insert into patch_sets (organization_id, patch_set_id, pull_request_id, number, commit_id, base_commit, trial_commit,
    changed_paths, files_digest, commits, pushed_by, created_at, problems)
  select org.id, pg_temp.id_at(at, 'patch set', n), pg_temp.id_at(at, 'pull request', n), 1, head_commit, head_commit,
    head_commit, jsonb_build_array('components/' || component || '/main.tf'), md5('files' || n),
    jsonb_build_array(jsonb_build_object('id', head_commit, 'subject', 'Change ' || component, 'author', 'Somebody',
      'address', 'somebody@acme.example')),
    author, at, '[]'
  from request, org;

insert into contributors select org.id, pg_temp.id_at(at, 'pull request', n), author, 'opened' from request, org;

create temp table change as
  select request.n as request, request.at, request.status, request.head_commit, position, s.workspace_id, s.n as space, s.layer
  from request cross join lateral unnest(request.workspaces) with ordinality as u(workspace_id, position)
    join space s on s.workspace_id = u.workspace_id;
alter table change add column n bigint generated always as identity;

insert into affected_workspaces (organization_id, patch_set_id, workspace_id, position, stage, relation, touched_paths,
    code_commit, values_commit, input_tree, run_id, approved_digest)
  select org.id, pg_temp.id_at(at, 'patch set', request), workspace_id, position, position - 1, 'changed', '[]',
    head_commit, head_commit, md5('tree' || n), pg_temp.id_at(at, 'plan', n),
    case when status = 'merged' then md5('digest' || n) || md5('plan' || n) end
  from change, org;

insert into approvals (organization_id, approval_id, pull_request_id, patch_set_id, person_id, meaning, digests, files_digest,
    statement, signature, key_id, created_at)
  select org.id, pg_temp.id_at(at, 'approval', request.n), pg_temp.id_at(at, 'pull request', request.n),
    pg_temp.id_at(at, 'patch set', request.n), p.person_id, 'I read these plans and answer for them',
    (select jsonb_agg(jsonb_build_object('workspace', s.name, 'digest', md5('digest' || c.n) || md5('plan' || c.n)))
      from change c join space s on s.workspace_id = c.workspace_id where c.request = request.n),
    md5('files' || request.n), '{}', '\x00', org.id, at + interval '1 hour'
  from request, org, person p
  where p.n = 40 + pg_temp.pick(request.n, 'approver', 15) and request.status = 'merged' and request.n > 9000;

insert into comments (organization_id, comment_id, pull_request_id, kind, person_id, body, created_at)
  select org.id, pg_temp.id_at(at, kind, n), pg_temp.id_at(at, 'pull request', n), kind,
    case when kind = 'discussion' then author end,
    case when kind = 'discussion' then 'Looks right to me.' else '**Merged and applied.**' end, at + interval '1 hour'
  from request, org, unnest(array['summary', 'discussion']) as kind;

update counters set value = current_setting('bench.pull_requests')::bigint where kind in ('pull_request', 'merge');
insert into counters select id, kind, current_setting('bench.pull_requests')::bigint
  from org, unnest(array['pull_request', 'merge']) as kind on conflict do nothing;
