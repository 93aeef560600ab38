import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { anchorNamer } from '../../../portal/help/anchors';
import { buildPages } from '../../../portal/help/build';
import { publishedFiles } from '../../../portal/help/published-files';
import type { HelpElement, HelpNode, HelpPage } from '../../../portal/src/help/tree';

export const ROOT = path.join(__dirname, '../../..');
export const DOCS = path.join(ROOT, 'docs');

/** A link, and where it stands. */
export interface FoundLink {
  readonly from: string;
  readonly href: string;
}

/** The targets that links inside the help can have: pages with their anchors, and published files. */
export class HelpTargets {
  public readonly pages: readonly HelpPage[];
  private readonly anchors: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly files: ReadonlyMap<string, unknown>;

  public constructor(pages: readonly HelpPage[] = buildPages(DOCS)) {
    this.pages = pages;
    this.files = publishedFiles(DOCS, pages);
    this.anchors = new Map(pages.map(({ slug, content }) => [slug, new Set(anchorsOf(content))]));
  }

  /** Returns whether a path such as `/help/okta#troubleshooting` or `/llms.txt` leads to something. */
  public has(link: string): boolean {
    const [target = '', anchor] = link.split('#');
    if (this.files.has(target.slice(1))) return anchor === undefined;
    if (target === '/help') return anchor === undefined;
    const anchors = this.anchors.get(target.replace(/^\/help\//, ''));
    return anchors !== undefined && (anchor === undefined || anchors.has(decodeURIComponent(anchor)));
  }

  /** Returns every link and picture of the help pages. `docs:` stands for a document of the operator. */
  public links(): FoundLink[] {
    return this.pages.flatMap(({ slug, content }) =>
      elementsOf(content)
        .flatMap(({ href, src }) => [href, src].filter((link) => link !== undefined))
        .map((href) => ({
          from: `/help/${slug}`,
          href: href.startsWith('#') ? `/help/${slug}${href}` : href,
        })),
    );
  }
}

/** Returns the links that lead nowhere. Other hosts are not asked. */
export const deadLinks = (links: readonly FoundLink[], targets: HelpTargets): FoundLink[] =>
  links.filter(({ href }) => {
    if (/^(https?|mailto):/.test(href)) return !URL.canParse(href);
    return href.startsWith('docs:')
      ? !documentHas(path.join(DOCS, href.slice('docs:'.length)))
      : !targets.has(href);
  });

/** Returns whether a file exists, and has a heading with the anchor. */
export function documentHas(link: string): boolean {
  const [file = '', anchor] = link.split('#');
  if (!existsSync(file)) return false;
  return anchor === undefined || headingAnchors(file).includes(anchor);
}

/** Returns the anchors of a document's headings, as GitHub creates them. */
export function headingAnchors(file: string): string[] {
  const anchorOf = anchorNamer();
  const text = readFileSync(file, 'utf8').replace(/^ *```[^]*?^ *```/gm, '');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/** Returns the source files of a folder, recursively. */
export const sourceFiles = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|mts|cjs)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => path.join(folder, name));

const anchorsOf = (nodes: readonly HelpNode[]): string[] =>
  elementsOf(nodes).flatMap(({ id }) => (id === undefined ? [] : [id]));

const elementsOf = (nodes: readonly HelpNode[]): HelpElement[] =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...elementsOf(node.children ?? [])]));
