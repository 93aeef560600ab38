import { checkTitle } from '../../../portal/src/format/titles/check-names';
import { de } from '../../../portal/src/format/titles/messages/de';
import { en } from '../../../portal/src/format/titles/messages/en';
import { ASSERTION_CHECKS } from '../../../shared/service/assertions/assertion-verification';

describe('a check of an assertion', () => {
  it.each(ASSERTION_CHECKS)('%s has a title in each language', (name) => {
    expect(en[`check.${name}`]).toBe(checkTitle(name));
    expect(de[`check.${name}`]).toMatch(/^[A-ZÄÖÜ]/);
  });

  it('with an unknown name has its name as title', () => {
    expect(checkTitle('moon-phase')).toBe('Moon phase');
  });
});
