export type { CronEntry, RunningTasks } from "./start-tasks.ts";
export { startTasks } from "./start-tasks.ts";
export type { Task, TaskContext, TaskHandler, TaskOptions } from "./task.ts";
export { addTask, handleTask, task } from "./task.ts";
