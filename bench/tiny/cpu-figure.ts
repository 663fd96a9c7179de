import { makeControlGroup } from "../cpu/control-groups.ts";
import { readProcess } from "../cpu/processes.ts";
import { cpuMeter } from "../cpu/world-cpu.ts";
import type { CpuUsage } from "../cpu/world-cpu.ts";
import type { Figure, Measured } from "../figure.ts";
import { bareWorkspace } from "./bare-run.ts";
import { fullRun } from "./full-run.ts";
import { startTinyWorld } from "./tiny-world.ts";
import type { TinyWorld } from "./tiny-world.ts";

const rounds = 10;
// A server runs for weeks: what its first runs cost while it is being compiled is nobody's daily cost.
const warmUps = 8;

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
  const group = makeControlGroup(`plumbline-bench-${process.pid}-bare`);
  const bare = await bareWorkspace(tiny, "cpu", group);
  const bareSeconds = () => group?.seconds() ?? endedChildrenSeconds();
  say("warming up");
  for (let round = 0; round < warmUps; round++) await fullRun(tiny, clone, component, `warm-${round}`);
  await bare.fullRun("warm");
  say(`measuring ${rounds} full runs and as many runs of the bare CLI, in turns`);
  const meter = cpuMeter([tiny.lab.world.server.pid, tiny.lab.runner.pid]);
  const ours: CpuUsage = { total: 0, parts: new Map() };
  let theirs = 0;
  try {
    // In turns, so that a machine that is busier for a while is so for both.
    for (let round = 0; round < rounds; round++) {
      const before = bareSeconds();
      await bare.fullRun(`round-${round}`);
      theirs += bareSeconds() - before;
      const start = meter.usage();
      await fullRun(tiny, clone, component, `round-${round}`);
      addDifference(ours, start, meter.usage());
    }
  } finally {
    meter.close();
    group?.remove();
  }
  return {
    value: ours.total / theirs,
    notes: [
      `a full run takes ${milliseconds(ours.total / rounds)} of CPU, the bare CLI ${milliseconds(theirs / rounds)} (init, plan, show -json, apply); means of ${rounds}, counted by ${meter.method}`,
      ...(ours.parts.size === 0 ? [] : [`shares: ${shares(ours)}`]),
    ],
  };
}

function addDifference(sum: CpuUsage, start: CpuUsage, end: CpuUsage): void {
  sum.total += end.total - start.total;
  for (const [part, seconds] of end.parts)
    sum.parts.set(part, (sum.parts.get(part) ?? 0) + seconds - (start.parts.get(part) ?? 0));
}

function endedChildrenSeconds(): number {
  const info = readProcess(process.pid);
  if (info === undefined) throw new Error("/proc is not readable");
  return info.childSeconds;
}

function shares({ total, parts }: CpuUsage): string {
  return [...parts]
    .toSorted(([, left], [, right]) => right - left)
    .map(([part, seconds]) => `${part} ${((100 * seconds) / total).toFixed(0)} % (${milliseconds(seconds / rounds)})`)
    .join(", ");
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`;
}
