import type { Cloud } from "./account.ts";
import type { Control } from "./control.ts";

/** The controls of one catalogue in one edition, with the numbers they have there. */
export interface ControlCatalogue {
  /** For addresses: `cis-aws-5.0`. */
  slug: string;
  /** As controls and rules name it: `CIS AWS 5.0`. */
  name: string;
  title: string;
  cloud: Cloud;
  controls: readonly { id: string; control: Control }[];
}

/**
 * Sorts controls into the editions they stand in. `titles`: name of an edition → its title, in the order in which they
 * are shown; controls of other editions are left out.
 */
export function catalogueEditions(
  controls: readonly Control[],
  cloud: Cloud,
  titles: Readonly<Record<string, string>>,
): ControlCatalogue[] {
  return Object.entries(titles).map(([name, title]) => ({
    slug: name.toLowerCase().replaceAll(/[^a-z0-9.]+/g, "-"),
    name,
    title,
    cloud,
    controls: controls
      .flatMap((control) => {
        const [own] = [control, ...control.also].filter(({ catalogue }) => catalogue === name);
        return own === undefined ? [] : [{ id: own.id, control }];
      })
      .toSorted((left, right) => compareIds(left.id, right.id)),
  }));
}

/** `2.2.10` after `2.2.9`. */
function compareIds(left: string, right: string): number {
  const [one, other] = [left, right].map((id) => id.split(".").map(Number));
  for (let position = 0; ; position += 1) {
    const [a, b] = [one?.[position], other?.[position]];
    if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
    if (a !== b) return a - b;
  }
}
