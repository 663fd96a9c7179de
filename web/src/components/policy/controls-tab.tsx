import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { address } from "../../api/call.ts";
import type { AnswerOf } from "../../api/endpoints.ts";
import { controlCataloguesQuery, controlReportQuery } from "../../api/queries.ts";
import { ControlsTable } from "../../tables/controls-table.tsx";
import "../../ui/button.css";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Segments } from "../../ui/segments.tsx";
import { TimeAgo } from "../../ui/time-ago.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { count } from "../../util/format.ts";
import { ControlRail } from "./control-rail.tsx";
import { CountsBar } from "./counts-bar.tsx";
import "../../ui/filter-chip.css";
import "./policy.css";

type Report = AnswerOf<"getControlReport">;
type Control = Report["controls"][number];

/** How the controls of a catalogue stand in each environment. */
export function ControlsTab() {
  const catalogues = useQuery(controlCataloguesQuery());
  const [search, setSearch] = useAddress();
  return (
    <Loaded query={catalogues} label="Catalogues" lines={8}>
      {({ items }) => {
        const chosen = items.find(({ slug }) => slug === search["catalogue"]) ?? items.find(isUsed) ?? items[0];
        return (
          <>
            <div className="filters">
              <Segments
                label="Catalogue"
                items={items.map(({ slug, title }) => ({ id: slug, label: title.replace(/ Foundations/, "") }))}
                selected={chosen?.slug ?? ""}
                onSelect={(slug) => setSearch({ catalogue: slug, control: undefined })}
              />
            </div>
            {chosen !== undefined && <CatalogueReport slug={chosen.slug} />}
          </>
        );
      }}
    </Loaded>
  );
}

/** Something of it is in the code. */
function isUsed({ environments }: AnswerOf<"listControlCatalogues">["items"][number]): boolean {
  return Object.values(environments).some(({ pass, waived, unknown }) => pass + waived + unknown > 0);
}

function CatalogueReport({ slug }: { slug: string }) {
  const query = useQuery(controlReportQuery(slug));
  const [search, setSearch] = useAddress();
  const view = search["view"] === "failing" ? "failing" : "all";
  return (
    <Loaded query={query} label="Controls" lines={12}>
      {(report) => {
        const inCode = report.controls.filter(({ notInCode }) => notInCode === null);
        const failing = inCode.filter((control) => fails(control));
        const shown = view === "failing" ? failing : report.controls;
        const selected = report.controls.find(({ id }) => id === search["control"]);
        const link = (format: string) =>
          address("/api/v1/control-catalogues/:catalogue/report/:format", { catalogue: slug, format }, undefined);
        return (
          <>
            <div className="filters">
              <p className="note">
                Judged on what is applied in {count(report.workspaces, "workspace")}, <TimeAgo at={report.judgedAt} />.{" "}
                {count(inCode.length, "control")} can be seen in code, {report.controls.length - inCode.length} need a
                look at the account.
              </p>
              <a className="button button--default" href={link("html")} target="_blank" rel="noreferrer">
                <IconPrinter size={16} stroke={1.75} aria-hidden="true" />
                Print
              </a>
              <a className="button button--default" href={link("csv")} download={`${slug}.csv`}>
                <IconDownload size={16} stroke={1.75} aria-hidden="true" />
                CSV
              </a>
            </div>
            <CountsBar environments={report.environments} />
            <div className={selected === undefined ? "stack" : "policy-columns"}>
              <Panel
                title="Controls"
                side={
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
      }}
    </Loaded>
  );
}

function fails({ environments }: Control): boolean {
  return Object.values(environments).some(({ state }) => state === "fail");
}
