import type { AnswerOf } from "../api/endpoints.ts";
import { Avatar } from "../ui/marks/avatar.tsx";
import { Badge } from "../ui/marks/badge.tsx";
import { TimeAgo } from "../ui/text/time-ago.tsx";
import "../ui/lists/table.css";
import "./audit-table.css";

export type Person = AnswerOf<"listPeople">["items"][number];

/** Everybody with his roles; the row opens the person. */
export function PeopleTable({ items, onOpen }: { items: readonly Person[]; onOpen?: (person: Person) => void }) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Person</th>
            <th>Shown as</th>
            <th>Roles</th>
            <th>E-mail</th>
            <th className="table__number">Tokens</th>
            <th className="table__number">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {items.map((person) => (
            <tr key={person.name} className={onOpen === undefined ? undefined : "table__row"}>
              <td>
                <span className="inline">
                  <Avatar name={person.name} />
                  {onOpen === undefined ? (
                    <b>{person.name}</b>
                  ) : (
                    <button
                      type="button"
                      className="audit-table__open table__main"
                      onClick={() => onOpen(person)}
                      data-row=""
                    >
                      {person.name}
                    </button>
                  )}
                  {person.disabledAt !== null && <Badge tone="failed">may not sign in</Badge>}
                </span>
              </td>
              <td>{person.displayName}</td>
              <td>
                <span className="wrap">
                  {person.roles.map(({ role, environments }) => (
                    <Badge key={`${role} ${environments}`}>
                      {role}
                      {environments === "*" ? "" : ` of ${environments}`}
                    </Badge>
                  ))}
                </span>
              </td>
              <td>{person.email ?? <span className="dim">none</span>}</td>
              <td className="table__number table__desk">{person.tokens}</td>
              <td className="table__number" data-word="seen">
                {person.lastSeenAt === null ? "never" : <TimeAgo at={person.lastSeenAt} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
