import { Types } from 'scimmy';
import { filter as matcherOf, parse } from 'scim2-parse-filter';
import { compileFilter } from '../../shared/scim/filter/match';
import { parseFilter } from '../../shared/scim/filter/parse';
import type { Peer, ProtocolRow } from './row';
import { USERS } from './users';
import { userResourceType } from '../../shared/product/product';

/** Above this many terms, `scimmy` expands a filter without end, so it is not measured. */
const MAX_TERMS_OF_SCIMMY = 12;

/** Returns filters with the given number of terms, as clients send them, or as long as they can be. */
const FILTERS: readonly { readonly terms: number; readonly text: string }[] = [
  { terms: 1, text: 'userName eq "User.500@Example.com"' },
  {
    terms: 3,
    text: 'active eq true and (emails.value co "@example.org" or name.familyName sw "Family 1")',
  },
  { terms: 12, text: orOf(12) },
  { terms: 100, text: orOf(100) },
];

/** Returns lookups by two names and an address in turn, which match no user. */
function orOf(terms: number): string {
  const forms = ['userName eq "nobody.N@example.com"', 'externalId eq "none-N"', 'displayName sw "Nobody N"'];
  return Array.from({ length: terms }, (_, index) =>
    (forms[index % forms.length] as string).replace('N', String(index)),
  ).join(' or ');
}

const termsOf = (terms: number): string => (terms === 1 ? '1 term' : `${terms} terms`);

/** Reading a filter. */
export const PARSE_ROWS: readonly ProtocolRow[] = FILTERS.map(({ terms, text }) => ({
  group: 'parse',
  name: `filter: parse, ${termsOf(terms)}`,
  size: terms,
  run: () => parseFilter(text),
  peers: [
    { name: 'scim2-parse-filter', run: () => parse(text), note: 'does not limit nesting and length' },
    ...scimmyFilter(terms, () => new Types.Filter(text)),
  ],
}));

/** Matching a filter that is compiled once with 1,000 users. */
export const MATCH_ROWS: readonly ProtocolRow[] = FILTERS.map(({ terms, text }) => {
  const matches = compileFilter(parseFilter(text), userResourceType);
  const peer = matcherOf(parse(text));
  let filterOfScimmy: InstanceType<typeof Types.Filter> | undefined;
  return {
    group: 'match',
    name: `filter: match 1,000 users, ${termsOf(terms)}`,
    size: terms,
    run: () => USERS.filter(matches).length,
    peers: [
      {
        name: 'scim2-parse-filter',
        run: () => USERS.filter(peer).length,
        note: 'compares names with case, does not check types',
      },
      ...scimmyFilter(terms, () => (filterOfScimmy ??= new Types.Filter(text)).match([...USERS]).length),
    ],
  };
});

function scimmyFilter(terms: number, run: () => unknown): Peer[] {
  return terms > MAX_TERMS_OF_SCIMMY ? [] : [{ name: 'scimmy', run }];
}
