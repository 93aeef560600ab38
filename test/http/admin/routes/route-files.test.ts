import { ROUTE_FILES } from '../../../support/http/admin-routes';

/**
 * Returns the name that the file of a path has: the first segment, or the one after the id of the domain, in
 * the singular.
 */
function fileOf(path: string): string {
  const [first = '', , belowDomain] = path.slice(1).split('/');
  const segment = first === 'domains' ? (belowDomain ?? first) : first;
  return segment.replace(/\.json$|(?<=ss)es$|(?<!s)s$/, '');
}

const NAMES = new Set(ROUTE_FILES.map(({ name }) => name));

it.each(ROUTE_FILES.map(({ name, routes }) => [name, routes] as const))(
  '%s has the name of the paths that it serves',
  (name, routes) => {
    expect(routes).not.toEqual([]);
    for (const subject of new Set(routes.map(({ path }) => fileOf(path)))) {
      expect(NAMES).toContain(`${subject}-routes`);
      // A subject with many routes has more files, such as `user-file-routes`.
      expect(`${name}-`).toMatch(new RegExp(`^${subject}-`));
    }
  },
);

it('a file name occurs once', () => expect(NAMES.size).toBe(ROUTE_FILES.length));
