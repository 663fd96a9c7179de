import { Banner } from "../ui/layout/banner.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { CommandText } from "../ui/text/command-text.tsx";

/** A secret that is shown now and never again. */
export function ShownOnce({ what, token, onDone }: { what: string; token: string; onDone: () => void }) {
  return (
    <div className="form">
      <Banner tone="medium" glyph="held">
        <b>Copy it now.</b> Only its hash is kept, so {what} cannot be shown again.
      </Banner>
      <CommandText label={what} text={token} />
      <div className="dialog-actions">
        <Button variant="primary" onClick={onDone}>
          I have kept it
        </Button>
      </div>
    </div>
  );
}
