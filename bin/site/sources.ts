import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A document of the repository that becomes a page of the site. */
export interface SiteSource {
  /** The path in the repository: `docs/okta.md`. */
  readonly file: string;
  /** The path on the site: `okta.html`. */
  readonly page: string;
  readonly title: string;
  readonly text: string;
  /** The part of the navigation. */
  readonly section: string;
}

const SECTIONS: readonly (readonly [section: string, folder: string])[] = [
  ['Documents', 'docs'],
  ['Identity providers', 'docs/guides'],
  ['Decisions', 'docs/decisions'],
];

/** Documents outside of `docs`. */
const OTHERS = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'sdk/README.md',
  'collection/README.md',
];

/** Returns the documents of the site. The README is its first page. */
export function siteSources(root: string): SiteSource[] {
  const inFolders = SECTIONS.flatMap(([section, folder]) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => ({ section, file: `${folder}/${name}` })),
  );
  return [...OTHERS.map((file) => ({ section: 'Project', file })), ...inFolders].map(({ section, file }) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const [, title = file] = /^# (.+)$/m.exec(text) ?? [];
    return { section, file, page: pageOf(file), title: title.replace(/[`*_]/g, ''), text };
  });
}

/** Returns the path on the site. It has no folder `docs`, so that the setting `docsUrl` can name the site. */
function pageOf(file: string): string {
  if (file === 'README.md') return 'index.html';
  return file
    .replace(/^docs\//, '')
    .replace(/README\.md$/, 'index.md')
    .replace(/\.md$/, '.html');
}
