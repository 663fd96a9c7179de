import { affectedFigure } from "./affected/affected-figure.ts";
import type { Figure } from "./figure.ts";
import { cpuFigure } from "./tiny/cpu-figure.ts";

/** All figures, in the order of docs/benchmarks.md. */
export const figures: Figure[] = [cpuFigure, affectedFigure];
