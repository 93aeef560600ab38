/** A path of the portal itself: with two slashes at its front it would name another host. */
export const ownPath = (path: string): string => path.replace(/^[/\\]+/, '/');
