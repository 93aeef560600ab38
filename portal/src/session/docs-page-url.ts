/**
 * Returns the URL of a document such as `runbook.md#restore-the-table`. `docsUrl` is the setting: an address,
 * in which `{page}` stands for the name without `.md`, or a path of the repository, which has no URL.
 * `shared/docs-url.ts` does the same.
 */
export function docsPageUrl(docsUrl: string, document: string): string | undefined {
  if (!/^https?:\/\//i.test(docsUrl)) return undefined;
  const [file = '', anchor] = document.split('#');
  const fragment = anchor === undefined ? '' : `#${anchor}`;
  return docsUrl.includes('{page}')
    ? docsUrl.replace('{page}', file.replace(/\.md$/, '')) + fragment
    : `${docsUrl.replace(/\/$/, '')}/${file}${fragment}`;
}
