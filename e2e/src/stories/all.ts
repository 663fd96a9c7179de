import type { Clone } from "../world/git.ts";
import type { Sink } from "@plumbline/server/testing/sinks";
import { auditStory } from "./audit.ts";
import { badChange } from "./bad-change.ts";
import { directPush } from "./direct-push.ts";
import { driftStory } from "./drift.ts";
import { environmentsStory } from "./environments.ts";
import { exceptionsStory } from "./exceptions.ts";
import { goodChange } from "./good-change.ts";
import { pagesStory } from "./pages.ts";
import type { Story } from "./story.ts";

/** What hears notifications while the stories run. */
export interface Sinks {
  hooks: Sink<{ path: string; body: Record<string, unknown> }>;
  mails: Sink<string>;
}

/** The whole story, in order; later parts build on earlier ones. */
export function allStories(sinks: Sinks): Story[] {
  const change: { number?: number; clone?: Clone } = {};
  return [
    badChange(change),
    directPush,
    goodChange(change),
    environmentsStory({}),
    exceptionsStory(),
    driftStory(sinks),
    auditStory(change),
    pagesStory,
  ];
}
