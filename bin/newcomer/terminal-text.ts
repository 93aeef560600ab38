/** A control sequence of a terminal, such as `ESC [ 2 K`, or the title of a window. */
// eslint-disable-next-line no-control-regex
const CONTROL = /\u001b\[([?0-9;]*)([A-Za-z])|\u001b\][^\u0007]*\u0007/y;

/**
 * Returns the text that a terminal shows after it has received this output: carriage returns, movements of
 * the cursor, and erased lines are applied. Colors are left out. The terminal is as wide as its longest line.
 */
export function terminalText(output: string): string {
  const lines: string[][] = [[]];
  let row = 0;
  let column = 0;
  const line = () => (lines[row] ??= []);
  const apply = (parameters: string, command: string) => {
    const count = Number(parameters) || 1;
    if (command === 'A') row = Math.max(0, row - count);
    else if (command === 'B') row += count;
    else if (command === 'C') column += count;
    else if (command === 'D') column = Math.max(0, column - count);
    else if (command === 'G') column = count - 1;
    else if (command === 'K') line().splice(parameters === '2' ? 0 : column);
    else if (command === 'J') lines.splice(row + 1);
  };
  for (let at = 0; at < output.length; at++) {
    CONTROL.lastIndex = at;
    const [sequence = '', parameters = '', command = ''] = CONTROL.exec(output) ?? [];
    const character = output[at] ?? '';
    if (sequence !== '') {
      apply(parameters, command);
      at += sequence.length - 1;
    } else if (character === '\n') {
      row += 1;
      column = 0;
      line();
    } else if (character === '\r') column = 0;
    else if (character >= ' ') line()[column++] = character;
  }
  return Array.from(lines, (cells = []) =>
    Array.from(cells, (cell = ' ') => cell)
      .join('')
      .trimEnd(),
  ).join('\n');
}
