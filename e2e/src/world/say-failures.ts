import { afterEach } from "vitest";

// What failed at first is told although a second attempt went well: it may be a defect that comes rarely.
afterEach(({ task }) => {
  for (const { stack, message } of task.result?.errors ?? []) console.error(`${task.name}\n${stack ?? message}`);
});
