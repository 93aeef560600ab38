import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { SiteSource } from './sources';

/** The target on the site of a link in a document. */
interface SiteLink {
  /**
   * Relative to the page. Undefined if the site does not have the target, so that the page shows only the
   * text.
   */
  readonly href?: string;
  /** A file of the repository that the site must contain. */
  readonly copied?: string;
}

/** Resolves the links of the documents. */
export class SiteLinks {
  private readonly pages: ReadonlyMap<string, string>;

  public constructor(
    private readonly root: string,
    sources: readonly SiteSource[],
  ) {
    this.pages = new Map(sources.map(({ file, page }) => [file, page]));
  }

  /** Returns where a link of `file`, which becomes `page`, leads. */
  public resolve({ file, page }: Pick<SiteSource, 'file' | 'page'>, link: string): SiteLink {
    if (/^\w+:/.test(link) || link.startsWith('#')) return { href: link };
    const [target = '', anchor] = link.split('#');
    const linked = path.posix.join(path.posix.dirname(file), target).replace(/\/$/, '');
    const fragment = anchor === undefined ? '' : `#${anchor}`;
    const from = path.posix.dirname(page);
    const targetPage = this.pages.get(linked) ?? this.pages.get(`${linked}/README.md`);
    if (targetPage !== undefined) return { href: path.posix.relative(from, targetPage) + fragment };
    const absolute = path.join(this.root, linked);
    if (!existsSync(absolute) || statSync(absolute).isDirectory()) return {};
    return { href: path.posix.relative(from, publishedPath(linked)) + fragment, copied: linked };
  }
}

/** Returns the path on the site of a file that is copied. */
export const publishedPath = (file: string): string => file.replace(/^docs\//, '');
