/** An email address, or a name that looks like one. A narrow column breaks it before the `@`. */
export function Address({ text }: { readonly text: string }) {
  const at = text.lastIndexOf('@');
  if (at < 1) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <wbr />
      {text.slice(at)}
    </>
  );
}
