import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { knownFindingsQuery, waiversQuery } from "../api/queries.ts";
import { useRepository } from "../api/use-repository.ts";
import { BaselineTable } from "../tables/baseline-table.tsx";
import { WaiversTable } from "../tables/waivers-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { Loaded } from "../ui/loaded.tsx";
import { More } from "../ui/more.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Panel } from "../ui/panel.tsx";
import { count, list, ownerName } from "../util/format.ts";

/** What is let pass, and until when: waivers of main, and findings of what is applied. */
export function WaiversPage() {
  const [repository] = useRepository();
  const waivers = useQuery(waiversQuery(repository));
  const baseline = useInfiniteQuery(knownFindingsQuery(repository));
  const known = baseline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead
        title="Waivers"
        sentence={waivers.data === undefined ? undefined : sentence(waivers.data.items, waivers.data.owners)}
      />
      <Loaded query={waivers} label="Waivers" lines={4}>
        {({ items, problems }) => (
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
        )}
      </Loaded>
      <Loaded query={baseline} label="Baseline" lines={4}>
        {() => (
          <Panel title="Baseline" note="findings of what is applied">
            {known.length === 0 ? (
              <Empty title="Nothing applied has a finding">
                What an applied plan was found to have appears here, with its owner and the date from which it blocks.
              </Empty>
            ) : (
              <BaselineTable items={known} />
            )}
            <More query={baseline} />
          </Panel>
        )}
      </Loaded>
    </>
  );
}

function sentence(items: readonly { status: string; hides: unknown[] }[], owners: Record<string, string[]>): string {
  const expired = items.filter(({ status }) => status === "expired").length;
  const expiring = items.filter(({ status }) => status === "expiring").length;
  const unused = items.filter(({ hides }) => hides.length === 0).length;
  const named = [...new Set(Object.values(owners).flat())];
  const who =
    named.length === 0 ? "Nobody owns the file yet." : `${list(named.map(ownerName))} approve changes of them.`;
  return `${count(items.length, "waiver")}: ${expiring} ${expiring === 1 ? "expires" : "expire"} soon, ${expired} expired, ${unused} hide nothing. ${who}`;
}
