/**
 * node:http without its ES module facade: importing that evaluates all of its exports, among them three that load undici,
 * which costs a short-lived process 20 ms of CPU for nothing.
 */
export const { Agent, createServer, request } = process.getBuiltinModule("node:http");
