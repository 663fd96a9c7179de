import type { ReactNode } from "react";
import { Logo } from "../marks/logo.tsx";
import "./states.css";

/** What would be here, why it is not, and at most one action. Its heading may be the first below the page's. */
export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="state-box">
      <Logo size={32} />
      <div className="state-box__text">
        <h2>{title}</h2>
        <p>{children}</p>
        {action !== undefined && <div className="state-box__actions">{action}</div>}
      </div>
    </div>
  );
}
