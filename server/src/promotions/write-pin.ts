import { isMap, parseDocument } from "yaml";
import type { Document } from "yaml";

/**
 * The text of an environment.yaml with its pin set; comments and everything else stay as they are. A label that is not
 * given is taken away, since it would name another commit.
 */
export function writePin(text: string, pin: { ref: string; label?: string | undefined }): string {
  const document: Document = parseDocument(text);
  if (!isMap(document.contents)) document.contents = document.createNode({});
  document.setIn(["pin", "ref"], pin.ref);
  if (pin.label === undefined) document.deleteIn(["pin", "label"]);
  else document.setIn(["pin", "label"], pin.label);
  return document.toString({ lineWidth: 0 });
}
