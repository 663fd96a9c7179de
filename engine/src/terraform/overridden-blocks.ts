/** A `backend` or `cloud` block that the generated override file puts out of force, or an `encryption` block that the environment does. */
export interface OverriddenBlock {
  line: number;
  /** `backend "s3"`, `cloud` or `encryption`. */
  block: string;
}

/**
 * Finds the backend, cloud and encryption blocks in the text of a `.tf` file, to be reported: a reader of blocks, strings, comments and
 * heredocs, nothing more. What it misses is overridden all the same.
 */
export function overriddenBlocks(text: string): OverriddenBlock[] {
  const found: OverriddenBlock[] = [];
  const open: string[] = [];
  let line = 1;
  let header = "";
  for (const token of text.match(tokens) ?? []) {
    if (token === "{") {
      const block = header.trim();
      const inTerraform = open.length === 1 && open[0] === "terraform";
      if (inTerraform && /^(backend\s+"[^"]*"|cloud|encryption)$/.test(block)) found.push({ line, block });
      open.push(block);
      header = "";
    } else if (token === "}") {
      open.pop();
      header = "";
    } else if (token === "\n") header = "";
    else if (!/^(#|\/\/|\/\*)/.test(token)) header += token;
    line += token.split("\n").length - 1;
  }
  return found;
}

const tokens =
  /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<<-?(\w+)\n[\s\S]*?\n[ \t]*\1(?=\n|$)|"(?:[^"\\\n]|\\.)*"|[{}\n]|[^{}\n"#/<]+|[\s\S]/g;
