/** Seconds from which on the runner warns: the server's header counts whole seconds, and an answer takes some time. */
const worthTelling = 15;
/** Seconds from which on clouds refuse what is signed here, and certificates may seem to be from another time. */
export const worstSkew = 240;
const tellAgainAfter = 3_600_000;

/** Compares this machine's clock with the server's. */
export interface ClockWatch {
  /** Takes the `Date` header of an answer that came just now. */
  heard(date: string | undefined): void;
  /** Seconds by which this machine's clock is ahead of the server's (negative: behind), as last heard. */
  skew(): number;
}

/** @param tell is called where the clocks differ, at most once an hour */
export function clockWatch(tell: (skew: number) => void, now: () => number = Date.now): ClockWatch {
  let last = 0;
  let told = Number.NEGATIVE_INFINITY;
  return {
    skew: () => last,
    heard(date) {
      const theirs = Date.parse(date ?? "");
      if (Number.isNaN(theirs)) return;
      last = Math.round((now() - theirs) / 1_000);
      if (Math.abs(last) < worthTelling || performance.now() < told + tellAgainAfter) return;
      told = performance.now();
      tell(last);
    },
  };
}

/** "12 min 3 s behind the server's" */
export function describeSkew(skew: number): string {
  const seconds = Math.abs(skew);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return `${minutes > 0 ? `${minutes} min ` : ""}${rest} s ${skew < 0 ? "behind" : "ahead of"} the server's`;
}
