import MiniSearch from 'minisearch';
import { buildPages } from '../../../portal/help/build';
import { buildSearchIndex } from '../../../portal/help/search-index';
import { SEARCH_OPTIONS } from '../../../portal/src/help/tree';
import { DOCS, HelpTargets } from '../../support/links/link-targets';

const pages = buildPages(DOCS);
const index = MiniSearch.loadJSON(buildSearchIndex(pages), SEARCH_OPTIONS);
const targets = new HelpTargets(pages);

it.each([
  ['seats gone', 'readiness#seats-gone'],
  ['aadOptscim062020', 'entra-id#3-in-entra-id-paste-the-values-and-test-the-connection'],
  ['email bounced', 'troubleshooting#the-email-with-the-license-key-does-not-arrive'],
])('finds %s in the section %s', (query, id) =>
  expect(index.search(query, { combineWith: 'AND' }).map((result) => String(result.id))).toContain(id),
);

it('leads to sections that exist', () => {
  const results = index.search('user key license seat email');
  expect(results.length).toBeGreaterThan(50);
  expect(results.filter(({ id }) => !targets.has(`/help/${String(id)}`))).toEqual([]);
});
