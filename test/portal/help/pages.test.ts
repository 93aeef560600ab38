import { buildPages } from '../../../portal/help/build';
import { textOf } from '../../../portal/src/help/tree';
import { DOCS } from '../../support/links/link-targets';

const pages = buildPages(DOCS);

it.each(['users', 'simulator'])('the page %s is for administrators of domains, who have no CLI', (slug) => {
  const page = pages.find((each) => each.slug === slug);
  const text = textOf(page?.content ?? []);
  expect(text).toContain('portal');
  expect(text).not.toMatch(/\bCLI\b|\bscim (user|simulat|doctor)|npm run|npx|Express|settings\.md/);
});
