import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { stateResourcesQuery } from "../../api/queries/workspaces.ts";
import { Button } from "../../ui/buttons/button.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { count } from "../../util/format.ts";
import { exact } from "../../util/time.ts";
import { ResourceTree } from "../resources/resource-tree.tsx";

/** Which resources there were at a version, or at an instant that somebody chooses. Addresses, never values. */
export function AsItWas({ workspace, version }: { workspace: string; version: number }) {
  const [search, setSearch] = useAddress();
  const at = instantOf(search["at"]);
  const held = useQuery(stateResourcesQuery(workspace, at === undefined ? { version } : { at }));
  return (
    <Panel
      title={at === undefined ? `As it was with version ${version}` : "As it was"}
      note={held.data === undefined ? undefined : <When held={held.data} />}
      side={
        <>
          <TextInput
            type="datetime-local"
            size="xs"
            classNames={{ input: "as-it-was__time" }}
            step={1}
            aria-label="As it was at this time"
            value={search["at"] ?? ""}
            onChange={(event) => setSearch({ at: event.currentTarget.value || undefined }, { replace: true })}
          />
          {at !== undefined && <Button onClick={() => setSearch({ at: undefined }, { replace: true })}>Clear</Button>}
        </>
      }
    >
      <Loaded query={held} label="Resources" lines={4}>
        {({ version: found, resources, outputs }) =>
          found === null ? (
            <Empty title="Nothing was here then">The first version of the state was stored later.</Empty>
          ) : (
            <>
              {resources.length === 0 && <p className="panel__body note">This version holds no resource.</p>}
              <ResourceTree resources={resources} />
              {outputs.length > 0 && (
                <p className="panel__foot note">
                  Outputs: <code>{outputs.map(({ name }) => name).join(", ")}</code>
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function When({ held }: { held: AnswerOf<"listStateResources"> }) {
  const { version, until, resources } = held;
  if (version === null) return "no state then";
  return `${count(resources.length, "resource")}; version ${version.version}, from ${exact(version.createdAt)}${until === null ? ", the newest" : ` until ${exact(until)}`}`;
}

/** What a local time of the address means as an instant; undefined where it is none. */
function instantOf(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
