/** Returns a text from a client as well-formed UTF-8 of at most `maxBytes` bytes, and an ellipsis if it was
 * longer. Does not split a character. */
export function truncateText(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return bytes.toString();
  const start = bytes.subarray(0, maxBytes).toString();
  return `${start.replace(/\ufffd+$/, '')}…`;
}
