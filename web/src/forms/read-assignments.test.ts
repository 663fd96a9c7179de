import { expect, test } from "vitest";
import { readAssignments } from "./read-assignments.ts";

test("NAME=value lines; values keep their equals signs and spaces", () => {
  expect(readAssignments("A=b=c\n\nX_1= y ")).toEqual({ variables: { A: "b=c", X_1: " y " }, wrong: null });
});

test("the first wrong line is named", () => {
  expect(readAssignments("A=1\n1B=2\nnothing").wrong).toBe(2);
});
