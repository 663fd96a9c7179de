import type pg from "pg";

/** The role of requests and tasks: row-level security holds for it, and it cannot change the audit log. */
export const applicationRole = "plumbline_application";

/** The role that owns the function by which audit entries are appended. */
const auditRole = "plumbline_audit";

/**
 * Makes the roles where they are missing. They belong to the whole cluster, so several databases may make them at
 * once: who comes second goes on. The owner becomes a member, to take them on and to give them things.
 */
export async function ensureRoles(client: pg.ClientBase, applicationMayLogIn: boolean): Promise<void> {
  // Since 16 who makes a role is a member of it, but may not take it on.
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const membership = (rows[0]?.version ?? 0) >= 160_000 ? "set" : "member";
  for (const role of [applicationRole, auditRole]) {
    await client.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
      exception when duplicate_object or unique_violation then null; end $$`);
    await client.query(`
      do $$ begin
        if not pg_has_role(current_user, '${role}', '${membership}') then grant ${role} to current_user; end if;
      end $$`);
  }
  if (applicationMayLogIn) {
    await client.query(`
      do $$ begin
        if not (select rolcanlogin from pg_roles where rolname = '${applicationRole}') then alter role ${applicationRole} login; end if;
      end $$`);
  }
}
