import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { headingAnchors, ROOT } from '../support/links/link-targets';

const documents = ['.', 'docs', 'docs/decisions', 'docs/guides', 'collection'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);

const textOf = (file: string): string => readFileSync(file, 'utf8').replace(/^ *```[^]*?^ *```/gm, '');

it.each(documents)('%s links only to files and headings that exist', (document) => {
  const file = path.join(ROOT, document);
  const broken = [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^\w+:/.test(link))
    .filter((link) => {
      const [target = '', anchor] = link.split('#');
      const linked = target ? path.resolve(path.dirname(file), target) : file;
      if (!existsSync(linked)) return true;
      return anchor !== undefined && !headingAnchors(linked).includes(anchor);
    });
  expect(broken).toEqual([]);
});

it.each(documents)('%s has no table row outside of a table', (document) => {
  const strayRows = [...textOf(path.join(ROOT, document)).matchAll(/\n\n(\|.*)\n(?!\|)/g)].map(
    ([, row]) => row,
  );
  expect(strayRows).toEqual([]);
});
