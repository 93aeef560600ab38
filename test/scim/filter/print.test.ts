import { parseFilter } from '../../../shared/scim/filter/parse';
import { printFilter } from '../../../shared/scim/filter/print';

describe('printFilter', () => {
  test.each([
    'a eq "x" and (b pr or not (c ne 1)) and d[e le null]',
    'a pr and b pr or c pr and d pr',
    '(a pr and b pr) and c pr',
    '(a pr or b pr) or c pr',
    'not (not (a pr or b pr))',
    String.raw`a eq "\"\\\n\ud800 +"`,
  ])('prints %s unchanged', (text) => {
    expect(printFilter(parseFilter(text))).toBe(text);
  });
});
