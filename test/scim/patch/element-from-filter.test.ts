import { equalityTerms } from '../../../shared/scim/patch/element-from-filter';
import { parseFilter } from '../../../shared/scim/filter/parse';

const terms = (text: string) => {
  const found = equalityTerms(parseFilter(text));
  return found && Object.fromEntries(found);
};

test('the terms of a conjunction of equalities describe a new element', () => {
  expect(terms('type eq "work"')).toEqual({ type: 'work' });
  expect(terms('type eq "work" and (primary eq true and display eq null)')).toEqual({
    type: 'work',
    primary: true,
    display: null,
  });
});

test.each([
  'type ne "work"',
  'type sw "work"',
  'type pr',
  'type eq "work" or type eq "home"',
  'not (type eq "work")',
  'type eq "work" and value co "@example.com"',
])('%s describes no element', (text) => {
  expect(terms(text)).toBeUndefined();
});

test('two values of one name, in any case, describe no element', () => {
  expect(terms('type eq "work" and Type eq "home"')).toBeUndefined();
});
