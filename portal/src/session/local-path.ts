/** Restricts a path to the portal itself. A path that begins with two slashes would refer to another host. */
export const toLocalPath = (path: string): string => path.replace(/^[/\\]+/, '/');
