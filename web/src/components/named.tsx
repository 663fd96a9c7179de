import { Fragment } from "react";

/** Names of people; the reader's own is "you", in bold. */
export function Named({ names, me }: { names: readonly string[]; me: string | undefined }) {
  const ordered = names.toSorted((left, right) => Number(right === me) - Number(left === me));
  return ordered.map((name, index) => (
    <Fragment key={name}>
      {index > 0 && (index === ordered.length - 1 ? " or " : ", ")}
      {name === me ? <b>you</b> : name}
    </Fragment>
  ));
}
