/** In `docsUrl`, the place of the name of a page. */
const PAGE = '{page}';

/**
 * Returns the URL of a page of docs/, such as `api.md` or `readiness.md#seats-gone`. In `docsUrl`, `{page}`
 * stands for the name without `.md`; without it, the file is below `docsUrl`. Undefined if `docsUrl` is a
 * path, which means nothing to a client.
 */
export function docsPageUrl(docsUrl: string | undefined, page: string): string | undefined {
  if (docsUrl === undefined || !/^https?:\/\//i.test(docsUrl) || !URL.canParse(docsUrl)) return undefined;
  const [file = '', anchor] = page.split('#');
  const fragment = anchor === undefined ? '' : `#${anchor}`;
  return docsUrl.includes(PAGE)
    ? docsUrl.replace(PAGE, file.replace(/\.md$/, '')) + fragment
    : `${docsUrl}/${file}${fragment}`;
}

/**
 * Returns the `docsUrl` of the help pages of a portal. They are the pages of docs/ that are for customers.
 */
export const helpDocsUrl = (portalUrl: string): string => `${portalUrl}/help/${PAGE}`;
