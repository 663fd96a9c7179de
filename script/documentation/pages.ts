import { apiPage } from "./api-page.ts";
import { configurationPage } from "./configuration-page.ts";

/** The pages in docs/ that are made from code, by their names. */
export const generatedPages: Readonly<Record<string, () => string>> = {
  "api.md": apiPage,
  "configuration.md": configurationPage,
};
