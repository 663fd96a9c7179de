import type { AnswerOf } from "../../api/endpoints.ts";
import { ControlsTable } from "../../tables/controls-table.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { Segments } from "../../ui/layout/segments.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { ControlRail } from "./control-rail.tsx";
import { CountsBar } from "./counts-bar.tsx";
import { ReadingStates } from "./reading-states.tsx";
import { useCatalogue } from "./use-catalogue.ts";
import "../../ui/lists/filter-chip.css";
import "./policy.css";

type Report = AnswerOf<"getControlReport">;
type Control = Report["controls"][number];

/** How the controls of a catalogue stand in each environment. */
export function ControlsTab() {
  const { catalogues, chosen, report } = useCatalogue();
  const [, setSearch] = useAddress();
  return (
    <>
      {catalogues.isLoading && <ReadingStates />}
      <Loaded query={catalogues} label="Catalogues" lines={8}>
        {({ items }) => (
          <>
            {items.length > 1 && (
              <div className="filters">
                <Segments
                  label="Catalogue"
                  items={items.map(({ slug, title }) => ({ id: slug, label: title.replace(/ Foundations/, "") }))}
                  selected={chosen?.slug ?? ""}
                  onSelect={(slug) => setSearch({ catalogue: slug, control: undefined })}
                />
              </div>
            )}
            {chosen !== undefined && (
              <Loaded query={report} label="Controls" lines={12}>
                {(data) => <ReportBody report={data} />}
              </Loaded>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function ReportBody({ report }: { report: Report }) {
  const [search, setSearch] = useAddress();
  const view = search["view"] === "failing" ? "failing" : "all";
  const inCode = report.controls.filter(({ notInCode }) => notInCode === null);
  const failing = inCode.filter((control) => fails(control));
  const shown = view === "failing" ? failing : report.controls;
  const selected = report.controls.find(({ id }) => id === search["control"]);
  return (
    <>
      <CountsBar environments={report.environments} />
      <div className={selected === undefined ? "stack" : "policy-columns"}>
        <Panel
          title="Controls"
          note={
            <Segments
              label="Which controls"
              items={[
                { id: "all", label: `All ${report.controls.length}` },
                { id: "failing", label: `Failing ${failing.length}` },
              ]}
              selected={view}
              onSelect={(id) => setSearch({ view: id === "all" ? undefined : id }, { replace: true })}
            />
          }
          side={<Legend />}
        >
          <ControlsTable
            controls={shown}
            environments={report.environments.map(({ name }) => name)}
            selected={selected?.id}
            onSelect={(control) => setSearch({ control }, { replace: true })}
          />
        </Panel>
        {selected !== undefined && (
          <ControlRail
            control={selected}
            catalogue={report.title}
            onClose={() => setSearch({ control: undefined }, { replace: true })}
          />
        )}
      </div>
    </>
  );
}

/** What the marks of the table mean. */
function Legend() {
  return (
    <ul className="controls-legend small" aria-label="Legend">
      {(["pass", "waived", "fail", "not-in-code"] as const).map((state) => (
        <li key={state}>
          <span className={`controls-table__mark controls-table__mark--${state}`} aria-hidden="true" />
          {state.replaceAll("-", " ")}
        </li>
      ))}
    </ul>
  );
}

function fails({ environments }: Control): boolean {
  return Object.values(environments).some(({ state }) => state === "fail");
}
