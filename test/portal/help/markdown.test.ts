import { parseDocument } from '../../../portal/help/markdown';
import { textOf } from '../../../portal/src/help/tree';

const contentOf = (text: string) => parseDocument('okta.md', `# Title\n\n${text}`).content;

describe('a help page', () => {
  it('takes its title and its anchors from the headings', () => {
    const { title, content } = parseDocument('okta.md', '# Connect `Okta`\n\n## Set up\n\n## Set up\n');
    expect(title).toBe('Connect Okta');
    expect(content).toEqual([
      { tag: 'h2', id: 'set-up', children: ['Set up'] },
      { tag: 'h2', id: 'set-up-1', children: ['Set up'] },
    ]);
  });

  it.each([
    ['readiness.md#seats-gone', '/help/readiness#seats-gone'],
    ['guides/README.md', '/help/connect'],
    ['users.md#the-csv-file', '/help/users#the-csv-file'],
    ['simulator.md', '/help/simulator'],
    ['scim-events.schema.json', '/help/scim-events.schema.json'],
    ['runbook.md#apifailing', 'docs:runbook.md#apifailing'],
    ['#set-up', '#set-up'],
    ['https://example.com', 'https://example.com'],
  ])('links to %s as %s', (link, href) => {
    expect(contentOf(`[text](${link})`)).toEqual([
      { tag: 'p', children: [{ tag: 'a', href, children: ['text'] }] },
    ]);
  });

  it('shows a link to a source file as text', () => {
    expect(contentOf('[text](../lambdas/users.ts)')).toEqual([{ tag: 'p', children: ['text'] }]);
  });

  it('marks values of the deployment, with what is shown if there are none', () => {
    expect(contentOf('For <!-- value:days -->30<!-- /value --> days.')).toEqual([
      { tag: 'p', children: ['For ', { tag: 'value', name: 'days', children: ['30'] }, ' days.'] },
    ]);
  });

  it('leaves out what is only for readers of the repository', () => {
    expect(textOf(contentOf('One<!-- only:docs --> two\nthree<!-- /only --> four'))).toBe('One four');
    expect(contentOf('<!-- only:docs -->\n\n## Two\n\n<!-- /only -->\n\nThree')).toEqual([
      { tag: 'p', children: ['Three'] },
    ]);
  });

  it.each(['<b>bold</b>', '<!-- value:x --> at the start of a line'])('refuses HTML: %s', (text) =>
    expect(() => contentOf(text)).toThrow('help pages have no HTML'),
  );

  it.each(['a <!-- value:x --> b', '<!-- only:docs -->\n\nText'])(
    'refuses a mark that is not closed: %s',
    (text) => expect(() => contentOf(text)).toThrow('is not closed'),
  );
});
