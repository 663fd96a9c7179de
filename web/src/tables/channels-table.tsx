import type { AnswerOf } from "../api/endpoints.ts";
import { Button } from "../ui/buttons/button.tsx";
import "../ui/lists/table.css";

export type Channel = AnswerOf<"listChannels">["items"][number];

/** Where notifications go. */
export function ChannelsTable({
  items,
  reason,
  onRemove,
}: {
  items: readonly Channel[];
  reason: string | null;
  onRemove: (channel: Channel) => void;
}) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Name</th>
            <th>Kind</th>
            <th>To</th>
            <th>Environments</th>
            <th>Tells</th>
            <th>
              <span className="hidden-text">Act</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((channel) => (
            <tr key={channel.id}>
              <td className="table__main">{channel.name}</td>
              <td>{channel.kind}</td>
              <td data-word="to">{channel.target}</td>
              <td data-word="of">{channel.environments.includes("*") ? "all" : channel.environments.join(", ")}</td>
              <td data-word="tells">{channel.events.map((event) => event.replaceAll("_", " ")).join(", ")}</td>
              <td className="table__number">
                <Button
                  variant="danger"
                  reason={reason}
                  label={`Remove ${channel.name}`}
                  onClick={() => onRemove(channel)}
                >
                  Remove
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
