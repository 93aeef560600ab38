import MarkdownIt, { type Token } from 'markdown-it';
import { HELP_TAGS, type HelpElement, type HelpNode, type HelpTag, textOf } from '../src/help/tree';
import { anchorNamer } from './anchors';
import { helpLink } from './links';

const parser = new MarkdownIt({ html: true });

/** An element while its children are collected. */
interface OpenElement {
  readonly tag: HelpTag | 'h1' | 'skipped' | 'root';
  readonly name?: string;
  readonly href?: string;
  readonly children: HelpNode[];
}

export interface Document {
  readonly title: string;
  readonly content: readonly HelpNode[];
}

/**
 * Parses a document of `docs/`. Comments mark the values of the deployment:
 * `<!-- value:name -->default<!-- /value -->`. The text between `<!-- only:docs -->` and `<!-- /only -->` is
 * left out. Throws for other HTML.
 */
export function parseDocument(file: string, text: string): Document {
  const reader = new TreeReader(file);
  reader.read(parser.parse(text, {}));
  return reader.document();
}

/** Parses Markdown without headings, such as a description of an OpenAPI document. */
export function parseText(file: string, text: string): readonly HelpNode[] {
  const reader = new TreeReader(file);
  reader.read(parser.parse(text, {}));
  return reader.content();
}

/** Builds the tree from the tokens of the parser. */
class TreeReader {
  private readonly open: OpenElement[] = [{ tag: 'root', children: [] }];
  private readonly nameAnchor = anchorNamer();
  private title = '';

  public constructor(private readonly file: string) {}

  public read(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (token.type === 'inline') this.read(token.children ?? []);
      else if (token.hidden) continue;
      else if (token.nesting === 1) this.start(token);
      else if (token.nesting === -1) this.end(token.tag);
      else this.leaf(token);
    }
  }

  public content(): readonly HelpNode[] {
    const [root, unclosed] = this.open;
    if (!root || unclosed) throw new Error(`${this.file}: the mark ${unclosed?.name} is not closed.`);
    return root.children;
  }

  public document(): Document {
    if (this.title === '') throw new Error(`${this.file}: the document has no title.`);
    return { title: this.title, content: this.content() };
  }

  private start(token: Token): void {
    if (token.type === 'link_open') {
      const href = helpLink(this.file, String(token.attrGet('href')));
      this.open.push({ tag: 'a', href, children: [] });
    } else if (token.tag === 'h1' || HELP_TAGS.some((tag) => tag === token.tag)) {
      this.open.push({ tag: token.tag as HelpTag, children: [] });
    } else throw new Error(`${this.file}: help pages have no element ${token.tag}.`);
  }

  /** Ends the innermost element, which must be the one that is closed. */
  private end(closed: string): void {
    const element = this.open.pop();
    if (element?.tag !== closed)
      throw new Error(`${this.file}: the mark ${element?.name ?? closed} is not closed, or not opened.`);
    const { tag, children, name, href } = element;
    if (tag === 'h1') this.title = textOf(children);
    // Readers do not have the target, so only the text of the link is left.
    else if (tag === 'a' && href === undefined) this.add(...children);
    else if (tag !== 'skipped' && tag !== 'root') this.add(this.elementOf(tag, children, name, href));
  }

  private elementOf(tag: HelpTag, children: HelpNode[], name?: string, href?: string): HelpElement {
    const id = /^h\d$/.test(tag) ? this.nameAnchor(textOf(children)) : undefined;
    return { tag, ...(id && { id }), ...(href && { href }), ...(name && { name }), children };
  }

  private leaf(token: Token): void {
    const { type, content } = token;
    if (type === 'text') this.add(content);
    else if (type === 'softbreak') this.add(' ');
    else if (type === 'hardbreak') this.add({ tag: 'br' });
    else if (type === 'hr') this.add({ tag: 'hr' });
    else if (type === 'code_inline') this.add({ tag: 'code', children: [content] });
    else if (type === 'fence' || type === 'code_block')
      this.add({ tag: 'pre', children: [{ tag: 'code', children: [content.replace(/\n$/, '')] }] });
    else if (type === 'image') this.image(token);
    else if (type === 'html_inline' || type === 'html_block') this.comments(content);
    else throw new Error(`${this.file}: help pages have no ${type}.`);
  }

  private image(token: Token): void {
    const name = String(token.attrGet('src')).replace(/^.*\//, '');
    this.add({ tag: 'img', src: `/help/images/${name}`, alt: token.content });
  }

  private comments(html: string): void {
    if (html.replace(/<!--[^]*?-->/g, '').trim() !== '')
      throw new Error(`${this.file}: help pages have no HTML except for comments: ${html.trim()}`);
    for (const [, comment = ''] of html.matchAll(/<!--\s*([^]*?)\s*-->/g)) {
      const [, kind, name = ''] = /^(value|only):([\w-]+)$/.exec(comment) ?? [];
      if (kind === 'value') this.open.push({ tag: 'value', name, children: [] });
      else if (kind === 'only') this.open.push({ tag: 'skipped', name: comment, children: [] });
      else if (comment === '/value') this.end('value');
      else if (comment === '/only') this.end('skipped');
    }
  }

  private add(...nodes: HelpNode[]): void {
    this.open.at(-1)?.children.push(...nodes);
  }
}
