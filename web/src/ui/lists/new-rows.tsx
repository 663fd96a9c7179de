import "./new-rows.css";

/** "3 new" at the head of a list: what came since it was opened, shown when pressed. */
export function NewRows({ waiting, onShow }: { waiting: number; onShow: () => void }) {
  return (
    <div role="status">
      {waiting > 0 && (
        <button type="button" className="new-rows" onClick={onShow}>
          {waiting} new
        </button>
      )}
    </div>
  );
}
