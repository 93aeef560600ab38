/** A path of the portal itself: with two slashes at its front it would name another host. */
export const toLocalPath = (path: string): string => path.replace(/^[/\\]+/, '/');
