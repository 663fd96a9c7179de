export { bodiesAsBytes } from "./bodies.ts";
export { createApi } from "./create-api.ts";
export type { EventStream } from "./event-stream.ts";
export { sse } from "./event-stream.ts";
export type { Api } from "./register.ts";
export { register, registerPublic } from "./register.ts";
