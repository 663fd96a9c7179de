export { startTasks } from "./start-tasks.ts";
export type { TaskHandler } from "./task.ts";
export { addTask, handleTask, task } from "./task.ts";
