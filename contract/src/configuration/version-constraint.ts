const one = /^(?:=|!=|>=|<=|>|<|~>)?\s*v?[0-9]{1,6}(?:\.[0-9]{1,6}){0,2}(?:-[0-9A-Za-z.-]{1,40})?$/;

/** Whether a text is a version constraint as Terraform writes them: `~> 1.10`, or several with commas between. */
export function isVersionConstraint(text: string): boolean {
  return text.length <= 200 && text.split(",").every((part) => one.test(part.trim()));
}
