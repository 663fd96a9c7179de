import { useQuery } from "@tanstack/react-query";
import { scorecardsQuery } from "../../api/queries.ts";
import { useRepository } from "../../api/use-repository.ts";
import { ScorecardsTable } from "../../tables/scorecards-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";

/** How well each component is kept, worst first. */
export function ScorecardsTab() {
  const [repository] = useRepository();
  const query = useQuery(scorecardsQuery(repository));
  return (
    <Loaded query={query} label="Scorecards" lines={6}>
      {({ items }) => (
        <Panel
          title="Scorecards"
          note="100 without findings; a problem takes 20, 10, 3 or 1 by its severity, once for all environments"
        >
          {items.length === 0 ? (
            <Empty title="No component yet">What main declares appears here with its first plan.</Empty>
          ) : (
            <ScorecardsTable items={items} />
          )}
        </Panel>
      )}
    </Loaded>
  );
}
