import { createRouter, type RoutePattern, type RouterOptions } from '../../../shared/http/chain/router';

const ROUTES: RoutePattern[] = [
  { method: 'GET', path: '/things' },
  { method: 'POST', path: '/things' },
  { method: 'GET', path: '/things/{id}' },
  { method: 'ANY', path: '/all' },
];

const router = (paths: RouterOptions['paths']) => {
  const find = createRouter<RoutePattern>({
    paths,
    notFound: (path) => new Error(`none: ${path}`),
    methodNotAllowed: (method, allowed) => new Error(`${method}: ${allowed.join(', ')}`),
  });
  return (method: string, path: string) => find(ROUTES, method, path);
};

describe('createRouter', () => {
  it.each(['exact', 'lenient'] as const)('finds a route and its parameters (%s)', (paths) => {
    expect(router(paths)('GET', '/things/a%2Fb')).toEqual({ route: ROUTES[2], parameters: { id: 'a/b' } });
    expect(router(paths)('DELETE', '/all').route).toBe(ROUTES[3]);
  });

  it.each(['exact', 'lenient'] as const)('throws the errors of the API (%s)', (paths) => {
    expect(() => router(paths)('GET', '/nothing')).toThrow('none: /nothing');
    expect(() => router(paths)('PUT', '/things')).toThrow('PUT: GET, POST');
  });

  it.each(['/Things', '/things/', '//things', '/things//1'])(
    'matches %s only if paths are lenient',
    (path) => {
      expect(router('lenient')('GET', path).route.path).toMatch(/^\/things/);
      expect(() => router('exact')('GET', path)).toThrow(`none: ${path}`);
    },
  );

  it('serves several tables, and splits the paths of each only once', () => {
    const find = createRouter<RoutePattern>({
      paths: 'lenient',
      notFound: (path) => new Error(`none: ${path}`),
      methodNotAllowed: (method) => new Error(method),
    });
    const pathReads = jest.fn(() => '/Things/{id}');
    const counted = [
      {
        method: 'GET',
        get path() {
          return pathReads();
        },
      },
    ];
    for (const id of ['a', 'b', 'c'])
      expect(find(counted, 'GET', `/things/${id}`).parameters).toEqual({ id });
    expect(pathReads).toHaveBeenCalledTimes(1);
    expect(find(ROUTES, 'GET', '/things').route).toBe(ROUTES[0]);
    expect(() => find(counted, 'GET', '/things')).toThrow('none: /things');
  });
});
