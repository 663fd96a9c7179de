/** References, templates, names of things and markers that stand where a secret would. */
const reference =
  /^(?:arn:|ssm:|vault:|op:\/\/|gcp:|aws:|azure:|sops:|projects\/|secret:|\/|\.{1,2}\/|~\/|file:|https?:\/\/[^:@]*$|var\.|local\.|data\.|module\.|each\.|random_|aws_|azurerm_|google_|kubernetes_|tls_|vault_)|\$\{|%\{|\{\{|\$\(|^\$[A-Za-z_{(]|^%[A-Z_]+%$|^<.*>$|^\[.*\]$/;
const nameOfAnother =
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|(?:^|[-_./])(?:password|passwd|secret|token|key|credentials?)s?$/i;
const placeholder =
  /^(?:x+|\*+|\.+|-+|_+|0+|change[-_ ]?(?:me|it|this).*|example.*|placeholder.*|dummy.*|todo.*|tbd|replace.*|your[-_ ].*|my[-_ ]?(?:password|secret|token|key).*|redacted|none|null|nil|empty|unused|ignored|fake.*|mock.*|sample.*|insert.*|enter.*|fill.*|true|false|required|optional|generated?|random|auto|\(.*\))$/i;

/**
 * Whether a text can be a password that somebody wrote down. What an engine sets as it stands (`strict: false`) is one
 * even where it was meant as a placeholder; elsewhere `changeme` is taken for what it says.
 */
export function isPassword(text: string, strict: boolean): boolean {
  if (text.length < 5 || text.length > 200 || reference.test(text) || nameOfAnother.test(text)) return false;
  if (/\s/.test(text)) return false;
  return strict
    ? !placeholder.test(text)
    : !/^(?:x+|\*+|\.+|-+|_+|null|none|redacted|true|false|required|optional)$/i.test(text);
}

/** Whether a text looks like a key that a machine made: long, of letters and digits, without pattern. */
export function isKey(text: string): boolean {
  if (text.length < 16 || text.length > 512 || !/^[A-Za-z0-9+/=_.~-]+$/.test(text)) return false;
  if (reference.test(text) || nameOfAnother.test(text) || placeholder.test(text)) return false;
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  // Names of things are made of words, machines' keys are not: digits stand among the letters.
  if (/^[a-z]+(?:[-_.][a-z0-9]+)+$/i.test(text) && !/(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{10,}/i.test(text)) return false;
  return entropy(text) >= (text.length < 24 ? 3 : 3.3);
}

/** Shannon's entropy in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
