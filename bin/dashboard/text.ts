/** Escapes a text for HTML and SVG. */
export const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Shortens a number as the console does: 1.2K, 0.034. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000_000) return `${trimmed(value / 1_000_000)}M`;
  if (size >= 10_000) return `${trimmed(value / 1_000)}K`;
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return size >= 1 || size === 0 ? trimmed(value) : String(Number(value.toPrecision(2)));
}

const trimmed = (value: number): string => String(Number(value.toFixed(value >= 100 ? 0 : 2)));

/** Returns the UTC time of day. */
export const clock = (timestamp: number): string => new Date(timestamp).toISOString().slice(11, 16);

/** Renders the Markdown that text widgets use: headings, lists, bold text, and links. */
export function markdownToHtml(markdown: string): string {
  const inline = (text: string) =>
    escape(text)
      .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
      .replace(/\[(.+?)\]\((.+?)\)/g, '<a href="$2">$1</a>');
  return markdown
    .split('\n')
    .map((line) => {
      const heading = /^(#+) (.*)$/.exec(line);
      if (heading) return `<h${heading[1]?.length}>${inline(heading[2] ?? '')}</h${heading[1]?.length}>`;
      return line.startsWith('- ') ? `<li>${inline(line.slice(2))}</li>` : `<p>${inline(line)}</p>`;
    })
    .join('');
}
