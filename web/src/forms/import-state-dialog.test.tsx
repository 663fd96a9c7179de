import { fireEvent, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPage } from "../testing/render.tsx";
import { ImportStateDialog } from "./import-state-dialog.tsx";

/** A request that waits until the test answers it. */
class FakeRequest extends EventTarget {
  static sent: FakeRequest[] = [];
  readonly upload = new EventTarget();
  status = 0;
  responseText = "";
  opened = "";
  file: unknown;
  readonly headers: Record<string, string> = {};
  open(method: string, url: string): void {
    this.opened = `${method} ${url}`;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(file: unknown): void {
    this.file = file;
    FakeRequest.sent.push(this);
  }
  progress(loaded: number, total: number): void {
    this.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded, total }));
  }
  answer(status: number, body: unknown): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.dispatchEvent(new Event("load"));
  }
}

test("a file is sent as it is, with its progress; a refusal stays in the form, a pull request closes it", async () => {
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  const closed = vi.fn<() => void>();
  const page = await renderPage(
    <ImportStateDialog workspace={{ repository: "shop", name: "network/prod" }} engine="tofu" onClose={closed} />,
  );
  page.getByText("tofu state pull > state.json");
  const button = page.getByRole("button", { name: "Open the pull request" });
  const submit = () => fireEvent.submit(button.closest("form") ?? button);
  submit();
  expect(FakeRequest.sent).toHaveLength(0);
  page.getByText("No file is chosen yet.");

  const file = new File(['{"version":4}'], "state.json");
  const input = document.querySelector('input[type="file"]');
  if (input === null) throw new Error("there is no file input");
  fireEvent.change(input, { target: { files: [file] } });
  fireEvent.change(page.getByLabelText("Ticket"), { target: { value: " OPS-1 " } });
  await waitFor(() => page.getByText("13 B"));
  submit();
  await waitFor(() => expect(FakeRequest.sent).toHaveLength(1));
  const [first] = FakeRequest.sent;
  expect(first?.opened).toBe("POST /api/v1/workspaces/shop%3Anetwork%2Fprod/state-import?ticket=OPS-1");
  expect([first?.file, first?.headers["content-type"]]).toEqual([file, "application/json"]);
  first?.progress(5, 13);
  await waitFor(() => page.getByText("38 % sent"));
  first?.progress(13, 13);
  await waitFor(() => page.getByText("Sent; it is read and sealed."));
  first?.answer(422, {
    code: "state_file_wrong",
    title: "This file is not a state that can be taken over",
    detail: "Its serial is 0.",
    next: "Pull it again.",
  });
  await waitFor(() => page.getByText(/Its serial is 0/));
  expect(closed).not.toHaveBeenCalled();

  submit();
  await waitFor(() => expect(FakeRequest.sent).toHaveLength(2));
  FakeRequest.sent[1]?.answer(200, { number: 7 });
  await waitFor(() => expect(closed).toHaveBeenCalled());
  vi.unstubAllGlobals();
});
