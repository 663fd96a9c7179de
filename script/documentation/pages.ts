import { apiPage } from "./api-page.ts";
import { configurationPage } from "./configuration-page.ts";
import { decisionsPage } from "./decisions-page.ts";
import { diagramFiles } from "./diagrams/all.ts";
import { repositoryPage } from "./repository-page.ts";

/** The files in docs/ that are made from code, by their paths. */
export const generatedPages: Readonly<Record<string, () => string>> = {
  "api.md": apiPage,
  "configuration.md": configurationPage,
  "decisions/README.md": decisionsPage,
  "repository.md": repositoryPage,
  ...diagramFiles,
};
