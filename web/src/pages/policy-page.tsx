import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { knownFindingsQuery, waiversQuery } from "../api/queries/findings.ts";
import { useRepository } from "../api/use-repository.ts";
import { BaselineTab } from "../components/policy/baseline-tab.tsx";
import { ControlsTab } from "../components/policy/controls-tab.tsx";
import { ReportHead } from "../components/policy/report-head.tsx";
import { RulesTab } from "../components/policy/rules-tab.tsx";
import { ScorecardsTab } from "../components/policy/scorecards-tab.tsx";
import { useCatalogue } from "../components/policy/use-catalogue.ts";
import { WaiversTab } from "../components/policy/waivers-tab.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import "../components/policy/policy.css";
import { Tabs } from "../ui/layout/tabs.tsx";
import { useAddress } from "../ui/use-address.ts";
import { count } from "../util/format.ts";

const tabs = ["findings", "rules", "controls", "waivers", "scorecards"] as const;
type TabId = (typeof tabs)[number];

/** What is judged, by what, and how it stands. */
export function PolicyPage() {
  const [repository] = useRepository();
  const [search, setSearch] = useAddress();
  const tab = tabs.find((id) => id === search["tab"]) ?? "findings";
  const baseline = useInfiniteQuery(knownFindingsQuery(repository));
  const known = baseline.data?.pages.flatMap((page) => page.items);
  const waivers = useQuery(waiversQuery(repository)).data;
  const { catalogues, report } = useCatalogue(tab === "controls");
  const failing = catalogues.data?.items.filter(({ environments }) =>
    Object.values(environments).some(({ fail }) => fail > 0),
  ).length;
  const overdue = known?.filter((finding) => finding.overdue).length ?? 0;
  const more = baseline.hasNextPage ? " or more" : "";
  return (
    <>
      {tab === "controls" && report.data !== undefined ? (
        <ReportHead report={report.data} />
      ) : (
        <PageHead
          title="Policy"
          sentence={
            known === undefined
              ? undefined
              : known.length === 0
                ? "Nothing that is applied breaks a rule. New findings stop their pull request."
                : `What is applied has ${count(known.length, "finding")}${more}; ${overdue === 0 ? "none blocks yet" : `${overdue} block the next change of their workspace`}. New findings stop their pull request.`
          }
        />
      )}
      <Tabs
        label="Policy"
        selected={tab}
        onSelect={(id) => setSearch({ tab: id === "findings" ? undefined : id, rule: undefined, control: undefined })}
        items={[
          { id: "findings", label: "Findings", count: known?.length || undefined },
          { id: "rules", label: "Rules" },
          { id: "controls", label: "CIS reports", count: failing || undefined },
          { id: "waivers", label: "Waivers", count: waivers?.items.length || undefined },
          { id: "scorecards", label: "Scorecards" },
        ]}
      />
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} className="stack policy-panel">
        {panels[tab]()}
      </div>
    </>
  );
}

const panels: Record<TabId, () => React.ReactNode> = {
  findings: () => <BaselineTab />,
  rules: () => <RulesTab />,
  controls: () => <ControlsTab />,
  waivers: () => <WaiversTab />,
  scorecards: () => <ScorecardsTab />,
};
