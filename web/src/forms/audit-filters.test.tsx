import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPage } from "../testing/render.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { searched, type AuditFilter } from "./audit-search.ts";

test("a searched name is a pull request, a workspace, or who did it", () => {
  expect(searched(" #128 ")).toEqual({ pullRequest: "128" });
  expect(searched("128")).toEqual({ pullRequest: "128" });
  expect(searched("database/prod")).toEqual({ workspace: "database/prod" });
  expect(searched("runner-2")).toEqual({ actor: "runner-2" });
});

test("what is filtered by stands there as chips that can be taken off", async () => {
  const onFilter = vi.fn<(filter: AuditFilter) => void>();
  await renderPage(<AuditFilters filter={{ workspace: "database/prod", action: "run.claimed" }} onFilter={onFilter} />);
  fireEvent.click(screen.getByRole("button", { name: "Remove the filter Workspace" }));
  expect(onFilter).toHaveBeenCalledWith({ workspace: undefined, action: "run.claimed" });
  fireEvent.change(screen.getByLabelText("Search the log"), { target: { value: "#7" } });
  fireEvent.submit(screen.getByLabelText("Search the log"));
  expect(onFilter).toHaveBeenLastCalledWith({ workspace: "database/prod", action: "run.claimed", pullRequest: "7" });
});

test("the form sets all of them at once", async () => {
  const onFilter = vi.fn<(filter: AuditFilter) => void>();
  await renderPage(<AuditFilters filter={{}} onFilter={onFilter} />);
  fireEvent.click(screen.getByRole("button", { name: "Filter" }));
  fireEvent.change(await screen.findByLabelText("Person or runner"), { target: { value: " owner " } });
  fireEvent.click(screen.getByRole("button", { name: "Show these" }));
  expect(onFilter).toHaveBeenCalledWith(expect.objectContaining({ actor: "owner", workspace: undefined }));
});
