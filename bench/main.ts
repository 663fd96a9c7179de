import { parseArgs } from "node:util";
import { judge } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { figures } from "./figures.ts";
import { machine } from "./machine.ts";

const help = `Measures the figures that Plumbline wants to reach; docs/benchmarks.md says what each one means.

Usage: npm run bench [-- --json] [-- --only ID]...

  --json      one JSON object per line: {id, value, unit, target, holds}
  --only ID   only this figure; may be repeated

Ends with 0 if every measured figure holds.
Figures: ${figures.map(({ id }) => id).join(", ")}
`;

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    help: { type: "boolean" },
  },
});

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function wanted(): Figure[] {
  if (values.only === undefined) return figures;
  const unknown = values.only.find((id) => !figures.some((figure) => figure.id === id));
  if (unknown !== undefined)
    throw new Error(`there is no figure “${unknown}”; there are ${figures.map(({ id }) => id).join(", ")}`);
  return figures.filter(({ id }) => values.only?.includes(id));
}

async function measureAll(): Promise<boolean> {
  if (!values.json) print(`On ${machine()}\n`);
  let all = true;
  for (const figure of wanted()) {
    const say = (text: string) => void process.stderr.write(`bench: ${figure.id}: ${text}\n`);
    const why = figure.missing?.();
    if (why !== undefined) {
      say(`NOT MEASURED: ${why}`);
      if (!values.json) print(`NOT MEASURED  ${figure.title}: ${why}`);
      continue;
    }
    const measured = await figure.measure(say);
    const result = judge(figure, measured);
    all &&= result.holds;
    if (values.json) {
      print(JSON.stringify(result));
      for (const note of measured.notes) say(note);
      continue;
    }
    const sign = figure.better === "lower" ? "<=" : ">=";
    print(
      `${result.holds ? "holds " : "MISSED"}  ${figure.title}: ${result.value} ${figure.unit} (${sign} ${figure.target})`,
    );
    for (const { says, holds } of measured.demands ?? []) print(`          ${holds ? "holds" : "FAILS"}: ${says}`);
    for (const note of measured.notes) print(`          ${note}`);
  }
  return all;
}

async function closeAll(): Promise<void> {
  for (const figure of figures) await figure.close?.();
}

if (values.help === true) print(help);
else
  try {
    process.exitCode = (await measureAll()) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  } finally {
    await closeAll();
  }
