import { lanePieces, type LanePiece } from "../matrix/lane-path.ts";

type Lane = Parameters<typeof lanePieces>[0];

const deeper = 2;

/** The lane's pieces lying down: time runs to the right over `width`, drift hangs below the line at `y`. */
export function stripPieces(lane: Lane, now: number, width: number, y: number): LanePiece[] {
  return lanePieces(lane, now, width, 0).map(({ severity, points }) => ({
    severity,
    points: points
      .split(" ")
      .map((point) => {
        const [across = 0, along = 0] = point.split(",").map(Number);
        return `${along},${y + across * deeper}`;
      })
      .join(" "),
  }));
}
