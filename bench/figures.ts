import { affectedFigure } from "./affected/affected-figure.ts";
import { bundleFigure } from "./cli/bundle-figure.ts";
import { initFigure } from "./cli/init-figure.ts";
import type { Figure } from "./figure.ts";
import { engineFigure } from "./policy/engine.ts";
import { regoFigure } from "./policy/rego.ts";
import { scannerFigures } from "./policy/scanners.ts";
import { sourcesFigure } from "./policy/sources.ts";
import { sizeFigures } from "./size/size-figures.ts";
import { stateFigure } from "./state/state-figure.ts";
import { cpuFigure } from "./tiny/cpu-figure.ts";
import { startFigure } from "./tiny/start-figure.ts";
import { throughputFigure } from "./tiny/throughput-figure.ts";

/** All figures, in the order of docs/benchmarks.md. */
export const figures: Figure[] = [
  cpuFigure,
  startFigure,
  throughputFigure,
  affectedFigure,
  stateFigure,
  engineFigure,
  sourcesFigure,
  ...scannerFigures,
  regoFigure,
  initFigure,
  bundleFigure,
  ...sizeFigures(),
];
