import type { AnswerOf } from "../api/endpoints.ts";
import { Badge } from "../ui/marks/badge.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { TimeAgo } from "../ui/text/time-ago.tsx";
import { useNow } from "../ui/text/use-now.ts";
import { date } from "../util/time.ts";
import "../ui/lists/table.css";

export type ApiToken = AnswerOf<"listTokens">["items"][number];

/** The reader's own API tokens. */
export function TokensTable({ items, onRevoke }: { items: readonly ApiToken[]; onRevoke: (token: ApiToken) => void }) {
  const now = useNow(60_000);
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Name</th>
            <th>Scopes</th>
            <th>Last used</th>
            <th>Expires</th>
            <th>
              <span className="hidden-text">Act</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((token) => {
            const expired = token.expiresAt !== null && Date.parse(token.expiresAt) < now;
            return (
              <tr key={token.id}>
                <td className="table__main">{token.name}</td>
                <td data-word="may">{token.scopes.join(", ")}</td>
                <td data-word="used">{token.lastUsedAt === null ? "never" : <TimeAgo at={token.lastUsedAt} />}</td>
                <td data-word="expires">{token.expiresAt === null ? "never" : date(token.expiresAt, now)}</td>
                <td className="table__number">
                  {token.revokedAt !== null ? (
                    <Badge>revoked</Badge>
                  ) : expired ? (
                    <Badge>expired</Badge>
                  ) : (
                    <Button variant="danger" label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
                      Revoke
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
