import { useInfiniteQuery } from "@tanstack/react-query";
import { knownFindingsQuery } from "../../api/queries/findings.ts";
import { useRepository } from "../../api/use-repository.ts";
import { BaselineTable } from "../../tables/baseline-table.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { More } from "../../ui/lists/more.tsx";
import { Panel } from "../../ui/layout/panel.tsx";

/** Findings of what is applied, with owner and the date from which they block. */
export function BaselineTab() {
  const [repository] = useRepository();
  const query = useInfiniteQuery(knownFindingsQuery(repository));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Loaded query={query} label="Findings" lines={6}>
      {() => (
        <Panel title="Baseline" note="findings of what is applied">
          {items.length === 0 ? (
            <Empty title="Nothing applied has a finding">
              What an applied plan was found to have appears here, with its owner and the date from which it blocks.
            </Empty>
          ) : (
            <BaselineTable items={items} />
          )}
          <More query={query} />
        </Panel>
      )}
    </Loaded>
  );
}
