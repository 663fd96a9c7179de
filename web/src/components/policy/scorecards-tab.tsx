import { useInfiniteQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { scorecardsQuery } from "../../api/queries/findings.ts";
import { useRepository } from "../../api/use-repository.ts";
import { ScorecardsTable } from "../../tables/scorecards-table.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { More } from "../../ui/lists/more.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { count } from "../../util/format.ts";

/** How well each component is kept, worst first. */
export function ScorecardsTab() {
  const [repository] = useRepository();
  const query = useInfiniteQuery(scorecardsQuery(repository));
  const [first] = query.data?.pages ?? [];
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Loaded query={query} label="Scorecards" lines={6}>
      {() => (
        <Panel
          title="Scorecards"
          side={first === undefined || first.total === 0 ? undefined : totals(first)}
          note="100 without findings; a problem takes 20, 10, 3 or 1 by its severity, once for all environments"
        >
          {items.length === 0 ? (
            <Empty title="No component yet">What main declares appears here with its first plan.</Empty>
          ) : (
            <ScorecardsTable items={items} />
          )}
          <More query={query} />
        </Panel>
      )}
    </Loaded>
  );
}

/** What all components have together, those that are not shown yet among them. */
function totals({ total, problems }: Pick<AnswerOf<"listScorecards">, "total" | "problems">): string {
  const words = Object.entries(problems).flatMap(([severity, number]) => (number === 0 ? [] : `${number} ${severity}`));
  return `${count(total, "component")}: ${words.length === 0 ? "no problems" : words.join(", ")}`;
}
