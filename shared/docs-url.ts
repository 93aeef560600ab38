/**
 * Returns the URL of a page of docs/, such as `api.md`. Undefined if `docsUrl` is a path, which means nothing to
 * a client.
 */
export function docsPageUrl(docsUrl: string | undefined, page: string): string | undefined {
  return docsUrl !== undefined && /^https?:\/\//i.test(docsUrl) && URL.canParse(docsUrl)
    ? `${docsUrl}/${page}`
    : undefined;
}
