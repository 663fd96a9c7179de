export { bodiesAsBytes, bodiesAsStreams } from "./bodies.ts";
export type { ApiOptions, HttpApi } from "./create-api.ts";
export { createApi } from "./create-api.ts";
export type { EventStream } from "./event-stream.ts";
export { sse } from "./event-stream.ts";
export type { Api, Call, RouteOptions } from "./register.ts";
export { register, registerPublic } from "./register.ts";
