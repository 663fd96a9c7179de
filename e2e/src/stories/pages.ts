import type { Story } from "./story.ts";
import { acting } from "./pages/acting.ts";
import { administering } from "./pages/administering.ts";
import { findingTheWay } from "./pages/finding-the-way.ts";
import { soundness } from "./pages/soundness.ts";

/** The pages, used by hand as a new user would. */
export const pagesStory: Story = {
  title: "The pages",
  steps: [...findingTheWay, ...administering, ...acting, ...soundness],
};
