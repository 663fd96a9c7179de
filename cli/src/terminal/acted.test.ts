import { expect, test } from "vitest";
import { makePrintable } from "./clean.ts";
import { actedLines } from "./acted.ts";
import type { Look } from "./look.ts";

const look: Look = { columns: undefined, now: new Date(0), paint: (_, text) => text };
const act = makePrintable({
  at: "09:00",
  actor: "eve",
  text: "eve opened #7: Tags\r09:01  owner approved #7\nNext: merge it",
});

test.each([undefined, 80])("a title with line ends forges no line, in %s columns", (columns) => {
  expect(actedLines({ ...look, columns }, [act], (at) => at)).toEqual([
    "09:00  eve opened #7: Tags 09:01  owner approved #7 Next: merge it",
  ]);
});
