import { readFileSync } from 'node:fs';
import path from 'node:path';
import { publishedFiles } from '../../portal/help/published-files';
import { GUIDE_PAGES } from '../../portal/src/connections/connection-path';
import { helpOfView } from '../../portal/src/help/view-help';
import { KINDS } from '../../portal/src/subscriptions/subscription-kinds';
import { docsPageUrl, helpDocsUrl } from '../../shared/docs-url';
import { FINDING_CODES, toFindings } from '../../shared/service/diagnostics/finding';
import {
  deadLinks,
  documentHas,
  DOCS,
  type FoundLink,
  HelpTargets,
  ROOT,
  sourceFiles,
} from '../support/links/link-targets';

const PORTAL = 'https://licenses.example.com';
const targets = new HelpTargets();

const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

describe('links', () => {
  it('of help pages lead to pages, sections, files, and pictures that exist', () => {
    const links = targets.links();
    expect(links.length).toBeGreaterThan(500);
    expect(deadLinks(links, targets)).toEqual([]);
  });

  it('of help pages as Markdown, and of llms.txt, lead to files that exist', () => {
    const files = publishedFiles(DOCS, targets.pages);
    const links = [...files].flatMap(([from, content]) =>
      /\.(md|txt)$/.test(from)
        ? [...String(content).matchAll(/\]\(([^)\s]+)\)/g)].map(([, href = '']) => ({ from, href }))
        : [],
    );
    // The anchors of a file are those of its page.
    const pageOf = (href: string) => (href.includes('#') ? href.replace(/\.md(?=#)/, '') : href);
    const ownAnchors = ({ from, href }: FoundLink) =>
      href.startsWith('#') ? `/${from.replace(/\.md$/, '')}${href}` : pageOf(href);
    const resolved = links.map((link) => ({ ...link, href: ownAnchors(link) }));
    expect(deadLinks(resolved, targets)).toEqual([]);
  });

  it('of views of the portal lead to sections of help pages', () => {
    const links = sourceFiles('portal/src').flatMap((from) =>
      [...textOf(from).matchAll(/(?:<DocsLink page="|help="|href="\/help\/)([^"]+)"/g)].map(
        ([, page = '']) => ({ from, page }),
      ),
    );
    const guides = [
      ...Object.values(KINDS).map(({ guide }) => ({ from: 'KINDS', page: guide })),
      ...Object.values(GUIDE_PAGES).map((page) => ({ from: 'GUIDE_PAGES', page })),
    ];
    expect(links.length).toBeGreaterThan(20);
    const found = [...links, ...guides].map(({ from, page }) => ({
      from,
      href: `/help/${page.replace('.md', '')}`,
    }));
    expect(deadLinks(found, targets)).toEqual([]);
  });

  it('lead from each form of the portal to its help', () => {
    const forms = sourceFiles('portal/src').flatMap((from) =>
      [...textOf(from).matchAll(/<(?:Form|FormDialog|SettingsForm)\s[^]*?>\n/g)].map(([tag]) => ({
        from,
        tag,
      })),
    );
    expect(forms.length).toBeGreaterThan(20);
    // A confirmation explains itself. The forms in dialogs have the link of the dialog.
    const withoutLink = forms.filter(({ tag }) => !/\shelp=("|\{(?!undefined))/.test(tag));
    expect(withoutLink.map(({ from }) => path.basename(from)).sort()).toEqual([
      'confirm-dialog.tsx',
      'form-dialog.tsx',
    ]);
  });

  it('of each finding lead to its section', () => {
    const text = { found: '', action: '' };
    const drafts = FINDING_CODES.map(
      (code) => ({ code, severity: 'info', ...text, textIn: () => text }) as const,
    );
    const links = toFindings(drafts, helpDocsUrl(PORTAL)).map(({ code, link = '' }) => ({
      from: code,
      href: link.replace(PORTAL, ''),
    }));
    expect(links).toHaveLength(FINDING_CODES.length);
    expect(deadLinks(links, targets)).toEqual([]);
  });

  it('of the top bar lead to a section about each view', () => {
    const settings = /const SETTINGS_PAGES = \[([^]*?)\n\]/.exec(
      textOf('portal/src/domains/settings-layout.tsx'),
    )?.[1];
    const names = [...(settings ?? '').matchAll(/\['([\w-]+)'/g)].map(([, name]) => name);
    expect(names).toHaveLength(10);
    const paths = [
      ...names.map((name) => `/domains/d1/settings/${name}`),
      ...['users', 'users/u1', 'users/import', 'groups', 'groups/g1', 'requests', 'audit-log'].map(
        (name) => `/domains/d1/${name}`,
      ),
      ...['/domains/d1/settings/scim/connections/c1', '/setup', '/first-run', '/operators'],
    ];
    const links = paths.map((from) => ({ from, href: helpOfView(from) }));
    expect(links.filter(({ href }) => href === '/help')).toEqual([]);
    expect(deadLinks(links, targets)).toEqual([]);
    expect(helpOfView('/domains/d1/users/import')).toBe('/help/users#the-csv-file');
  });

  it('of the discovery of SCIM and OAuth lead to the API', () => {
    expect(targets.has((docsPageUrl(helpDocsUrl(PORTAL), 'api.md') ?? '').replace(PORTAL, ''))).toBe(true);
  });
});

describe('texts of the CLI, the services, and the dashboard', () => {
  const SOURCES = ['bin', 'lambdas', 'lib', 'local', 'shared'];
  const mentions = SOURCES.flatMap(sourceFiles).flatMap((from) =>
    [...textOf(from).matchAll(/docs\/([\w/-]+\.(?:md|json)(?:#[\w-]+)?)/g)].map(([, href = '']) => ({
      from,
      href,
    })),
  );

  it('name only documents and sections that exist', () => {
    expect(mentions.length).toBeGreaterThan(20);
    expect(mentions.filter(({ href }) => !documentHas(path.join(DOCS, href)))).toEqual([]);
  });

  it('name no document to clients: those of the SCIM and admin APIs have none', () => {
    const literals = ['lambdas', 'shared'].flatMap(sourceFiles).flatMap((from) =>
      textOf(from)
        .split('\n')
        .filter((line) => /['"`][^'"`]*docs\/[\w-]+\.md/.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line))
        .map((line) => ({ from, line })),
    );
    expect(literals).toEqual([]);
  });
});

describe('the check', () => {
  const dead = (href: string) => deadLinks([{ from: 'test', href }], targets);

  it.each([
    ['/help/nowhere', 'an unknown page'],
    ['/help/readiness#nothing', 'an unknown section'],
    ['/help/nothing.json', 'an unknown file'],
    ['/help/images/nothing.svg', 'an unknown picture'],
    ['/help/okta.md#troubleshooting', 'a section of a file'],
    ['/nowhere', 'an unknown path'],
    ['docs:nothing.md', 'an unknown document'],
    ['docs:runbook.md#nothing', 'an unknown section of a document'],
    ['https://', 'no host'],
  ])('finds %s: %s', (href) => expect(dead(href)).toEqual([{ from: 'test', href }]));

  it.each([
    '/help',
    '/help/okta',
    '/help/okta#troubleshooting',
    '/help/okta.md',
    '/llms.txt',
    'docs:runbook.md#apifailing',
  ])('accepts %s', (href) => expect(dead(href)).toEqual([]));

  it('finds a dead link of a page', () => {
    const page = {
      slug: 'test',
      title: 'Test',
      content: [{ tag: 'p', children: [{ tag: 'a', href: '#gone', children: ['gone'] }] }],
    } as const;
    const small = new HelpTargets([page]);
    expect(deadLinks(small.links(), small)).toEqual([{ from: '/help/test', href: '/help/test#gone' }]);
  });
});
