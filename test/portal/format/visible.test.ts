import { formatValue } from '../../../portal/src/format/value';
import { visible } from '../../../portal/src/format/visible';

describe('visible', () => {
  it('shows control characters and characters that reverse text', () => {
    expect(visible('a\u202eb\u2066c\u009bd\u0000\u2028')).toBe(
      'a[U+202E]b[U+2066]c[U+009B]d[U+0000][U+2028]',
    );
  });

  it('leaves other text alone, also in Hebrew and with joined emojis', () => {
    for (const text of ['Zoë', '\u200fשלום', '👩‍💻', 'a\nb']) expect(visible(text)).toBe(text);
  });

  it('is applied to the values of an audit event', () => {
    expect(formatValue([{ display: 'x\u202ey' }])).toBe('display: x[U+202E]y');
  });
});
