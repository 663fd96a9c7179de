import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";

/** A statement is prepared from its tenth time on: what is made for one case stays out of PostgreSQL's memory. */
const oftenEnough = 10;
/** Every connection keeps the plans of what it prepared, some 50 kB each. */
const mostPrepared = 250;
/** Texts whose uses are counted; a list of values makes a text of its own for each length. */
const mostCounted = 2_000;
const longestText = 20_000;

/** Names by which PostgreSQL finds the parsed form of a statement that comes often. */
export interface StatementNames {
  /** The name of a statement that is worth it; undefined for any other. */
  nameOf(text: string): string | undefined;
}

/** Counts statements and names the frequent ones. The same text has the same name on every connection. */
function statementNames(): StatementNames {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return {
    nameOf(text) {
      const known = names.get(text);
      if (known !== undefined) return known;
      if (names.size >= mostPrepared || text.length > longestText) return undefined;
      const count = (counts.get(text) ?? 0) + 1;
      if (count < oftenEnough) {
        if (counts.size >= mostCounted) counts.clear();
        counts.set(text, count);
        return undefined;
      }
      counts.delete(text);
      const name = `plumbline_${names.size}`;
      names.set(text, name);
      return name;
    },
  };
}

/**
 * A pool for kysely whose connections send frequent statements by name: PostgreSQL parses and rewrites them once per
 * connection and may keep their plans.
 */
export function preparingPool(pool: pg.Pool): PostgresPool {
  const names = statementNames();
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const known = wrapped.get(client);
      if (known !== undefined) return known;
      const preparing = preparingClient(client, names);
      wrapped.set(client, preparing);
      return preparing;
    },
  };
}

function preparingClient(client: pg.PoolClient, names: StatementNames): PostgresPoolClient {
  const query = (text: string, values: readonly unknown[]) => {
    // Without values it goes as it is: that is `commit`, or several statements at once, which cannot be prepared.
    const name = values.length === 0 ? undefined : names.nameOf(text);
    return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
  };
  return {
    // kysely's type also has a form for cursors, which it uses only where it was given the package for them
    query: query as unknown as PostgresPoolClient["query"],
    release: (destroy) => client.release(destroy),
  };
}
