import { useInfiniteQuery } from "@tanstack/react-query";
import { parityQuery } from "../../api/queries/workspaces.ts";
import { useShownRepository } from "../../api/use-repository.ts";
import { Empty } from "../../ui/loading/empty.tsx";
import { FilterChip } from "../../ui/lists/filter-chip.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { More } from "../../ui/lists/more.tsx";
import { Segments } from "../../ui/layout/segments.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { byClient } from "../../util/by-client.ts";
import { count } from "../../util/format.ts";
import { ParityTable } from "./parity-table.tsx";
import { paritySentence, parityViews, rowsOf } from "./parity-words.ts";
import "./parity.css";

/** How the environments of each component differ, and why. */
export function ParityTab() {
  const { repository, known } = useShownRepository();
  const [search, setSearch] = useAddress();
  const component = search["component"];
  const query = useInfiniteQuery({ ...parityQuery({ repository, component }), enabled: repository !== undefined });
  const view = parityViews.find((one) => one === search["show"]) ?? "differs";
  if (known && repository === undefined)
    return (
      <div className="panel">
        <Empty title="Nothing to compare yet">
          Once plumbline.yaml on main declares components, it stands here how their environments differ, and why.
        </Empty>
      </div>
    );
  return (
    <Loaded query={query} label="Parity" lines={10}>
      {({ pages }) => {
        const [first] = pages;
        const all = pages.flatMap((page) => page.components);
        const chosen = all.filter((one) => component === undefined || one.component === component);
        const shown = chosen.filter((one) => rowsOf(one, view).length > 0);
        const calm = chosen.length - shown.length;
        const hidden = first?.hidden ?? 0;
        return (
          <div className="stack">
            <p className="parity__sentence" role="status">
              {paritySentence(chosen)}
              {hidden > 0 &&
                ` ${count(hidden, "environment")} that you may not read ${hidden === 1 ? "is" : "are"} not compared.`}
            </p>
            <div className="filters parity__filters">
              <Segments
                label="Which differences"
                items={[
                  { id: "defects", label: "Needs somebody" },
                  { id: "differs", label: "All that differs" },
                  { id: "all", label: "Everything" },
                ]}
                selected={view}
                onSelect={(id) => setSearch({ show: id === "differs" ? undefined : id }, { replace: true })}
              />
              <FilterChip
                label="Component"
                value={component}
                options={all.map((one) => ({ value: one.component, label: one.component }))}
                onChange={(value) => setSearch({ component: value })}
              />
            </div>
            {shown.map((one) => (
              <ParityTable
                key={one.component}
                repository={first?.repository ?? ""}
                component={one}
                environments={byClient(first?.environments ?? [])}
                rows={rowsOf(one, view)}
              />
            ))}
            {shown.length === 0 && (
              <div className="panel">
                <Empty title={view === "defects" ? "Nothing needs a reason" : "Nothing differs"}>
                  {`${count(calm, "component")} compared in ${count(first?.environments.length ?? 0, "environment")}: values, code, engine, resources.`}
                </Empty>
              </div>
            )}
            {shown.length > 0 && calm > 0 && (
              <p className="note">{count(calm, "component")} without such a difference not shown.</p>
            )}
            <More query={query} />
          </div>
        );
      }}
    </Loaded>
  );
}
