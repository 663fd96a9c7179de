import type { Look } from "../terminal/look.ts";
import { heading } from "../terminal/facts.ts";
import { wrap } from "../terminal/width.ts";
import { plural } from "../terminal/words.ts";
import type { Note, Proposal } from "./proposal.ts";

const mostPlaces = 8;
const mostComponents = 40;
const mostFiles = 30;

/** What was found, the tree of files, their texts where they are not written yet, and what is left to do. */
export function proposalLines(proposal: Proposal, written: boolean, look: Look): string[] {
  const fresh = proposal.files.filter(({ state }) => state === "new");
  const { rootModules, modules, components, environments, files, notes } = proposal;
  const possible = components.filter((one) => one.possible);
  return [
    `${plural(rootModules, "root module")}, ${plural(modules, "module")}; environments ${environments.join(", ")}.`,
    `${plural(possible.length, "component")} can be declared${possible.length < components.length ? `, ${components.length - possible.length} not as the code stands` : ""}.`,
    ...components
      .slice(0, mostComponents)
      .map(
        ({ name, path, environments: own, possible: is }) =>
          `  ${is ? look.paint("green", "✓") : look.paint("yellow", "–")} ${name}  ${look.paint("dim", path)}${own.length < environments.length ? look.paint("dim", ` in ${own.join(", ")} only`) : ""}`,
      ),
    ...(components.length > mostComponents
      ? [`  … ${plural(components.length - mostComponents, "more", "more")}`]
      : []),
    ...heading(look, written ? "Files" : "What --write would write"),
    ...files.map(
      ({ path, state }) =>
        `  ${path}${state === "kept" ? look.paint("dim", "  is there; it stays as it is") : written ? "  written" : ""}`,
    ),
    ...(written ? [] : fresh.slice(0, mostFiles).flatMap(({ path, text }) => fileLines(path, text, look))),
    ...(written || fresh.length <= mostFiles
      ? []
      : ["", `… and the texts of ${plural(fresh.length - mostFiles, "more file")}; --json prints all.`]),
    ...(notes.length === 0 ? [] : heading(look, "What is left to do")),
    ...notes.flatMap((note) => noteLines(note, look)),
    "",
    written ? "Next: plumb validate, then commit." : "Next: plumb init --write",
  ];
}

function fileLines(path: string, text: string, look: Look): string[] {
  return [
    ...heading(look, path),
    ...text
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line.trimStart().startsWith("#") ? look.paint("dim", line) : line}`.trimEnd()),
  ];
}

function noteLines({ level, message, next, places }: Note, look: Look): string[] {
  const word = {
    problem: look.paint("red", "problem"),
    todo: look.paint("yellow", "to do"),
    note: "note",
  }[level];
  return [
    ...wrap(`  ${word}: ${message}`, look.columns),
    ...places.slice(0, mostPlaces).map(({ file, line }) => `    ${file}:${line}`),
    ...(places.length > mostPlaces ? [`    … ${plural(places.length - mostPlaces, "more place")}`] : []),
    ...wrap(`    ${look.paint("bold", "Next:")} ${next}`, look.columns),
  ];
}
