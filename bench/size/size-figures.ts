import type { Figure } from "../figure.ts";
import { apiFigure } from "./api-figure.ts";
import { changeFigure } from "./change-figure.ts";
import { memoryFigure } from "./memory-figure.ts";
import { firstPageSizeFigure, pageFigure } from "./page-figure.ts";
import { restartFigure } from "./restart-figure.ts";
import { sizedFolder } from "./sized-folder.ts";

/** Figures of a large organization, which is made once for all of them. */
export function sizeFigures(): Figure[] {
  const folder = sizedFolder();
  return [apiFigure, pageFigure, memoryFigure, firstPageSizeFigure, restartFigure, changeFigure].map((make) => ({
    ...make(folder),
    close: () => folder.remove(),
  }));
}
