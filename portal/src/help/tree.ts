/** A part of a help page: text, or an element with children. The build makes it from Markdown. */
export type HelpNode = string | HelpElement;

/** The HTML elements of help pages, and `value`: a place that the deployment fills in. */
export const HELP_TAGS = [
  'a',
  'blockquote',
  'br',
  'code',
  'em',
  'h2',
  'h3',
  'h4',
  'hr',
  'img',
  'li',
  'ol',
  'p',
  'pre',
  'strong',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
  'value',
] as const;
export type HelpTag = (typeof HELP_TAGS)[number];

export interface HelpElement {
  readonly tag: HelpTag;
  /** The anchor of a heading. */
  readonly id?: string;
  /**
   * The target of a link: `/help/<slug>#<anchor>`, `#<anchor>`, an address, or `docs:<file>#<anchor>` for a
   * document of the operator, which is not a help page.
   */
  readonly href?: string;
  /** The path and the description of a picture. */
  readonly src?: string;
  readonly alt?: string;
  /** The name of a value of the deployment. The children are shown if the deployment has no such value. */
  readonly name?: string;
  readonly children?: readonly HelpNode[];
}

/** A help page. Its title is not part of the content. */
export interface HelpPage {
  readonly slug: string;
  readonly title: string;
  readonly content: readonly HelpNode[];
}

/** A page in the list of pages. */
interface HelpEntry {
  readonly slug: string;
  readonly title: string;
  /** Says what the page is for. */
  readonly summary: string;
}

export interface HelpSection {
  readonly title: string;
  readonly pages: readonly HelpEntry[];
}

/** A section of a page in the search index. Its `id` is the address of the section without `/help/`. */
export interface SearchEntry {
  readonly id: string;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
}

/** The fields of the search index, for the build and for the page. */
export const SEARCH_OPTIONS = {
  fields: ['title', 'heading', 'text'],
  storeFields: ['title', 'heading'],
};

/** Returns the text of nodes. */
export const textOf = (nodes: readonly HelpNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children ?? []))).join('');
