import { readFileSync } from 'node:fs';
import path from 'node:path';
import { releasesOf } from '../support/versions/last-release';

const changelog = readFileSync(path.join(__dirname, '../../CHANGELOG.md'), 'utf8');
const commit = 'ab'.repeat(20);

it('finds the commits of releases, the last one first', () => {
  const text = `## [Unreleased]\n\n- A.\n\n## [0.2.0] - 2027-01-31\n\nTag \`0.2.0\`, commit \`${commit}\`.\n\nB.\n`;
  expect(releasesOf(`${text}\n${text.replaceAll('0.2.0', '0.1.0')}`)).toEqual([
    { version: '0.2.0', ref: commit },
    { version: '0.1.0', ref: commit },
  ]);
});

it('leaves out a section without a commit, or with the tag of another one', () => {
  expect(releasesOf('## [0.2.0] - 2027-01-31\n\nThe second release.\n')).toEqual([]);
  expect(releasesOf(`## [0.2.0] - 2027-01-31\n\nTag \`0.1.0\`, commit \`${commit}\`.\n`)).toEqual([]);
});

it('finds a commit for each release of the changelog', () => {
  const sections = [...changelog.matchAll(/^## \[(\d[^\]]*)\]/gm)].map(([, version]) => version);
  expect(sections.length).toBeGreaterThan(0);
  expect(releasesOf(changelog).map(({ version }) => version)).toEqual(sections);
});
