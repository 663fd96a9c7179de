import type { AnswerOf } from "../../api/endpoints.ts";
import "./counts-bar.css";

type Environments = AnswerOf<"getControlReport">["environments"];

/** For each environment: which part of what can be judged passes. */
export function CountsBar({ environments }: { environments: Environments }) {
  return (
    <ul className="counts-bar panel">
      {environments.map(({ name, counts: { pass, fail, waived, unknown } }) => {
        const judged = pass + fail + waived + unknown;
        const share = judged === 0 ? null : Math.floor((pass / judged) * 100);
        return (
          <li key={name} className="counts-bar__cell">
            <div className="counts-bar__head">
              <b>{name}</b>
              {share === null ? (
                <span className="note dim">nothing in code</span>
              ) : (
                <span>
                  <b>{share} %</b> <span className="small">pass</span>
                </span>
              )}
            </div>
            <div className="counts-bar__track" aria-hidden="true">
              {pass > 0 && <span className="counts-bar__part counts-bar__part--pass" style={{ flexGrow: pass }} />}
              {waived > 0 && (
                <span className="counts-bar__part counts-bar__part--waived" style={{ flexGrow: waived }} />
              )}
              {unknown > 0 && (
                <span className="counts-bar__part counts-bar__part--unknown" style={{ flexGrow: unknown }} />
              )}
              {fail > 0 && <span className="counts-bar__part counts-bar__part--fail" style={{ flexGrow: fail }} />}
            </div>
            <div className="note">
              {pass} pass, <span className={fail > 0 ? "counts-bar__fail" : undefined}>{fail} fail</span>, {waived}{" "}
              waived{unknown > 0 && `, ${unknown} after apply`}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
