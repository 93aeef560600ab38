/** JSON as it is. */
export function JsonView({ label, value }: { readonly label: string; readonly value: unknown }) {
  return (
    // It scrolls, so the keyboard has to reach it.
    <pre className="code-block" tabIndex={0} role="region" aria-label={label}>
      {JSON.stringify(value, undefined, 2)}
    </pre>
  );
}
