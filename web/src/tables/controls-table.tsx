import type { AnswerOf } from "../api/endpoints.ts";
import { SeverityBars } from "../ui/marks/severity.tsx";
import { classes } from "../util/format.ts";
import "../ui/lists/table.css";
import "./controls-table.css";

type Control = AnswerOf<"getControlReport">["controls"][number];
type Standing = Control["environments"][string];

/** Controls of a catalogue, one column for each environment. */
export function ControlsTable({
  controls,
  environments,
  selected,
  onSelect,
}: {
  controls: readonly Control[];
  environments: readonly string[];
  selected: string | undefined;
  onSelect: (control: string) => void;
}) {
  return (
    <div className="table-wrap">
      <table className="table table--tight table--rows controls-table">
        <thead>
          <tr>
            <th>Id</th>
            <th>Control, in our words</th>
            <th>
              <span className="hidden-text">Severity</span>
            </th>
            {environments.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {controls.map((control) => (
            <tr
              key={control.id}
              className={classes("table__row", control.id === selected && "table__row--selected")}
              aria-selected={control.id === selected}
            >
              <td>
                <code>{control.id}</code>
              </td>
              <td className="controls-table__title">
                <button type="button" className="table__link controls-table__link" onClick={() => onSelect(control.id)}>
                  {control.title}
                </button>
              </td>
              <td>
                <SeverityBars severity={control.severity} />
                <span className="hidden-text">{control.severity}</span>
              </td>
              {environments.map((name) => (
                <td key={name} className="controls-table__state" data-environment={name}>
                  <State standing={control.environments[name]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function State({ standing }: { standing: Standing | undefined }) {
  const state = standing?.state ?? "not-in-code";
  const count = (wanted: string) => standing?.evidence.filter((one) => one.state === wanted).length ?? 0;
  const passing = Math.max(standing?.passing ?? 0, count("pass"));
  const words: Record<Standing["state"], string> = {
    pass: passing > 0 ? String(passing) : "pass",
    fail: count("fail") > 0 ? `${count("fail")} fail` : "missing",
    waived: `${Math.max(1, count("waived"))} waived`,
    unknown: "after apply",
    "not-in-code": "not in code",
  };
  return (
    <>
      <span className={`controls-table__mark controls-table__mark--${state}`} aria-hidden="true">
        {state === "fail" && passing > 0 && <span style={{ width: `${share(passing, count("fail"))}%` }} />}
      </span>
      <span className={`controls-table__word controls-table__word--${state}`}>{words[state]}</span>
      {state === "pass" && passing > 0 && <span className="hidden-text"> pass</span>}
    </>
  );
}

function share(passing: number, failing: number): number {
  return Math.round((passing / Math.max(1, passing + failing)) * 100);
}
