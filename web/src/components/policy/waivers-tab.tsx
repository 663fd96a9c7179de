import { useQuery } from "@tanstack/react-query";
import { waiversQuery } from "../../api/queries/findings.ts";
import { useRepository } from "../../api/use-repository.ts";
import { WaiversTable } from "../../tables/waivers-table.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { count, list, ownerName } from "../../util/format.ts";

/** The waivers of main: what each hides, until when, and who approves changes of them. */
export function WaiversTab() {
  const [repository] = useRepository();
  const query = useQuery(waiversQuery(repository));
  return (
    <Loaded query={query} label="Waivers" lines={4}>
      {({ items, problems, owners }) => (
        <>
          <p className="note">{sentence(items, owners)}</p>
          <Panel title="Waivers of main" note="policies/waivers.yaml">
            {problems.map(({ file, line, message }) => (
              <p key={`${file}:${line}:${message}`} className="panel__body">
                <code>
                  {file}:{line}
                </code>{" "}
                {message}
              </p>
            ))}
            {items.length === 0 ? (
              <Empty title="No waivers">
                An exception from a rule is an entry in policies/waivers.yaml, by a pull request that an owner of that
                file approves.
              </Empty>
            ) : (
              <WaiversTable items={items} />
            )}
          </Panel>
        </>
      )}
    </Loaded>
  );
}

function sentence(items: readonly { status: string; hides: unknown[] }[], owners: Record<string, string[]>): string {
  const expired = items.filter(({ status }) => status === "expired").length;
  const expiring = items.filter(({ status }) => status === "expiring").length;
  const unused = items.filter(({ hides }) => hides.length === 0).length;
  const named = [...new Set(Object.values(owners).flat())];
  const who =
    named.length === 0
      ? "Nobody owns the file yet."
      : `${list(named.map(ownerName))} ${named.length === 1 ? "approves" : "approve"} changes of the file.`;
  const parts = [
    ...(expiring === 0 ? [] : [`${expiring} ${expiring === 1 ? "expires" : "expire"} soon`]),
    ...(expired === 0 ? [] : [`${expired} expired`]),
    ...(unused === 0 ? [] : [`${unused} ${unused === 1 ? "hides" : "hide"} nothing`]),
  ];
  const all = items.length === 0 ? "No finding is excepted" : count(items.length, "waiver");
  return `${all}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}. ${who}`;
}
