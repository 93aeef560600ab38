import { readFileSync } from 'node:fs';
import path from 'node:path';
import { badgesOf, renderBadge } from '../../bin/badges/badge';
import facts from '../../package.json';

const ROOT = path.join(__dirname, '../..');
const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

it.each(badgesOf(facts))('the badge about $label is true, and the README shows it', (badge) => {
  const file = `docs/images/badges/${badge.file}.svg`;
  // If this fails, run `npm run docs:badges`.
  expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(renderBadge(badge));
  expect(readme).toContain(`![${badge.label}: ${badge.value}](${file})`);
});
