-- The log's head, indexes again, statistics.
update audit_heads set sequence = (select max(sequence) from audit_events);
do $$
declare definition text;
begin
  for definition in select indexdef from dropped_indexes loop execute definition; end loop;
end $$;
set session_replication_role = default;
analyze;
