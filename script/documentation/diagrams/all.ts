import { approvals } from "./approvals.ts";
import { changes } from "./changes.ts";
import { drawDiagram } from "./drawing.ts";
import type { Diagram } from "./drawing.ts";
import { drift } from "./drift.ts";
import { environments } from "./environments.ts";
import { findings } from "./findings.ts";
import { proof } from "./proof.ts";
import { recovery } from "./recovery.ts";
import { referenceArchitecture } from "./reference-architecture.ts";
import { secrets } from "./secrets.ts";
import { trust } from "./trust.ts";

const diagrams: Readonly<Record<string, Diagram>> = {
  approvals,
  changes,
  drift,
  environments,
  findings,
  proof,
  recovery,
  "reference-architecture": referenceArchitecture,
  secrets,
  trust,
};

/** The diagrams in docs/pictures, by their paths below docs/. */
export const diagramFiles: Readonly<Record<string, () => string>> = Object.fromEntries(
  Object.entries(diagrams).map(([name, diagram]) => [`pictures/${name}.svg`, () => drawDiagram(diagram)]),
);
