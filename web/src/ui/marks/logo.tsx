/** The plumb line: lead line, brass bob. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path d="M5 2.5h14M12 2.5v9" stroke="var(--ink)" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M9.4 10.6h5.2v2.2l-.9 1.6L12 22l-1.7-7.6-.9-1.6z" fill="var(--brass)" />
    </svg>
  );
}
