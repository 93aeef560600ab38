import MarkdownIt from 'markdown-it';
import { anchorNamer } from '../../portal/help/anchors';
import type { SiteLinks } from './links';
import type { SiteSource } from './sources';

interface RenderedPage {
  readonly html: string;
  /** The sections: anchor, heading, and text. The first one has no heading. */
  readonly sections: readonly { readonly anchor: string; readonly heading: string; readonly text: string }[];
  /** The files of the repository that the page links to. */
  readonly copied: readonly string[];
}

/** Renders a document with links to pages of the site, and with the anchors of GitHub. */
export function renderPage(source: SiteSource, links: SiteLinks): RenderedPage {
  const parser = new MarkdownIt({ html: true });
  const tokens = parser.parse(source.text, {});
  const anchorOf = anchorNamer();
  const sections: { anchor: string; heading: string; text: string }[] = [
    { anchor: '', heading: '', text: '' },
  ];
  const copied: string[] = [];
  const follow = (link: string): string | undefined => {
    const { href, copied: file } = links.resolve(source, link);
    if (file !== undefined) copied.push(file);
    return href;
  };
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const heading = plainText(tokens[index + 1]?.children ?? []);
      const anchor = anchorOf(heading);
      token.attrSet('id', anchor);
      if (token.tag !== 'h1') sections.push({ anchor, heading, text: '' });
    }
    if (token.type !== 'inline') continue;
    const section = sections.at(-1);
    if (section && tokens[index - 1]?.type !== 'heading_open')
      section.text += ` ${plainText(token.children ?? [])}`;
    for (const child of token.children ?? []) {
      const attribute = child.type === 'link_open' ? 'href' : child.type === 'image' ? 'src' : undefined;
      const target = attribute && child.attrGet(attribute);
      if (!attribute || target === null || target === undefined) continue;
      const href = follow(String(target));
      // An anchor without a target is only text.
      if (href === undefined) child.attrs = [];
      else child.attrSet(attribute, href);
    }
  }
  const html = parser.renderer
    .render(tokens, parser.options, {})
    .replaceAll('<table>', '<div class="table"><table>')
    .replaceAll('</table>', '</table></div>')
    .replace(/<!--[^]*?-->/g, '');
  return { html, sections, copied };
}

const plainText = (tokens: readonly { readonly type: string; readonly content: string }[]): string =>
  tokens
    .map(({ type, content }) => (type === 'html_inline' ? '' : type === 'softbreak' ? ' ' : content))
    .join('');
