import { expect, test } from "vitest";
import { findByName } from "./find-by-name.ts";

const many = 400_000;

test("finds a password after what was made to take for ever", () => {
  const after = '\npassword = "abcd1234efgh"\n';
  for (const text of ["<<A\n".repeat(many / 4), `"name": "abc"${" ".repeat(many)}x`, "/*".repeat(many / 2)])
    expect(findByName(text + after, "other").map(({ kind }) => kind)).toEqual(["password"]);
  expect(findByName("<<A\n".repeat(many / 4) + after, "hcl").map(({ kind }) => kind)).toEqual(["password"]);
});

test("reads each heredoc up to its own end", () => {
  const text = [
    "a = <<-EOT",
    "DB_PASSWORD=abcd1234efgh",
    "  EOT",
    "b = <<EOT",
    "EOT2",
    "OTHER_PASSWORD=ijkl5678mnop",
    "EOT",
    "NOT_PASSWORD=qrst9012uvwx",
    "",
  ].join("\n");
  const found = findByName(text, "hcl").map(({ start, end }) => text.slice(start, end));
  expect(found).toEqual(["abcd1234efgh", "ijkl5678mnop"]);
});
