import { makeControlGroup } from "../cpu/control-groups.ts";
import type { Part } from "../cpu/parts.ts";
import { readProcess } from "../cpu/processes.ts";
import { cpuMeter } from "../cpu/world-cpu.ts";
import type { Figure, Measured } from "../figure.ts";
import { bareWorkspace } from "./bare-run.ts";
import { fullRun } from "./full-run.ts";
import { startTinyWorld } from "./tiny-world.ts";
import type { TinyWorld } from "./tiny-world.ts";

const rounds = 10;

/** What a full run costs beside the bare CLI doing the same. */
export const cpuFigure: Figure = {
  id: "full-run-cpu",
  title: "CPU of a full run of a tiny workspace against the bare CLI",
  unit: "x",
  target: 1.8,
  better: "lower",
  async measure(say) {
    const tiny = await startTinyWorld(2, say);
    try {
      return await compare(tiny, say);
    } finally {
      await tiny.stop();
    }
  },
};

async function compare(tiny: TinyWorld, say: (text: string) => void): Promise<Measured> {
  const [component = ""] = tiny.components;
  const clone = await tiny.clone();
  say("warming up");
  for (const note of ["warm-1", "warm-2"]) await fullRun(tiny, clone, component, note);
  const bare = await bareSeconds(tiny, say);
  say(`measuring ${rounds} full runs`);
  const meter = cpuMeter([tiny.lab.world.server.pid, tiny.lab.runner.pid]);
  try {
    for (let round = 0; round < rounds; round++) await fullRun(tiny, clone, component, `round-${round}`);
    const { total, parts } = meter.usage();
    const ours = total / rounds;
    return {
      value: ours / bare,
      notes: [
        `a full run takes ${milliseconds(ours)} of CPU, the bare CLI ${milliseconds(bare)} (init, plan, show -json, apply); means of ${rounds}, counted by ${meter.method}`,
        ...(parts.size === 0 ? [] : [`shares: ${shares(parts, total)}`]),
      ],
    };
  } finally {
    meter.close();
  }
}

async function bareSeconds(tiny: TinyWorld, say: (text: string) => void): Promise<number> {
  const group = makeControlGroup(`plumbline-bench-${process.pid}-bare`);
  const workspace = await bareWorkspace(tiny, "cpu", group);
  await workspace.fullRun("warm");
  say(`measuring ${rounds} runs of the bare CLI`);
  const used = () => group?.seconds() ?? endedChildrenSeconds();
  const start = used();
  for (let round = 0; round < rounds; round++) await workspace.fullRun(`round-${round}`);
  const seconds = (used() - start) / rounds;
  group?.remove();
  return seconds;
}

function endedChildrenSeconds(): number {
  const info = readProcess(process.pid);
  if (info === undefined) throw new Error("/proc is not readable");
  return info.childSeconds;
}

function shares(parts: ReadonlyMap<Part, number>, total: number): string {
  return [...parts]
    .toSorted(([, left], [, right]) => right - left)
    .map(([part, seconds]) => `${part} ${((100 * seconds) / total).toFixed(0)} % (${milliseconds(seconds / rounds)})`)
    .join(", ");
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`;
}
