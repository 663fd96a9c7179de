import type { At } from "./directory.ts";

/** A file that is proposed. `state`: it is new, or there is one already, which stays. */
export interface ProposedFile {
  path: string;
  state: "new" | "kept";
  text: string;
}

/** Something to know or to do. `problem`: the result is not valid before it is done. */
export interface Note {
  level: "problem" | "todo" | "note";
  message: string;
  next: string;
  places: At[];
}

/** What `plumb init` found and proposes. */
export interface Proposal {
  rootModules: number;
  modules: number;
  /** `path` as plumbline.yaml says it; `environments` those the component exists in. */
  components: { name: string; path: string; environments: string[]; possible: boolean }[];
  environments: string[];
  files: ProposedFile[];
  notes: Note[];
}
