import fc from 'fast-check';
import { noContent } from '../../../shared/http/chain/response';
import { findScimRoute, type ScimRoute } from '../../../shared/http/chain/scim-route';
import type { ScimError } from '../../../shared/scim/error';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const route = (method: ScimRoute['method'], path: string): ScimRoute => ({ method, path, handle: noContent });
const ROUTES = [
  route('GET', '/Users'),
  route('POST', '/Users'),
  route('GET', '/Users/{id}'),
  route('DELETE', '/Users/{id}'),
  route('GET', '/ServiceProviderConfig'),
];
const find = (method: string, path: string) => findScimRoute(ROUTES, method, path);

describe('findScimRoute', () => {
  it.each([
    ['/Users', '/Users'],
    ['/users', '/Users'],
    ['/USERS/', '/Users'],
    ['//Users', '/Users'],
    ['/serviceproviderconfig', '/ServiceProviderConfig'],
    ['/Users/42', '/Users/{id}'],
  ])('matches %s with %s', (path, pattern) => expect(find('GET', path).route.path).toBe(pattern));

  it.each([
    ['/Users/aB-1', 'aB-1'],
    ['/Users/a%20b%2Fc', 'a b/c'],
    ['/Users/100%25', '100%'],
    ['/Users/%zz', '%zz'],
    ['/Users/%E9', '%E9'],
    ['/Users/{id}', '{id}'],
  ])('decodes the id in %s as %s', (path, id) => expect(find('GET', path).parameters).toEqual({ id }));

  it('decodes any encoded id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        fc.pre(!/\p{Surrogate}/u.test(id));
        expect(find('DELETE', `/Users/${encodeURIComponent(id)}`).parameters.id).toBe(id);
      }),
    );
  });

  it('prefers a literal path to a pattern, whatever the method', () => {
    const routes = [...ROUTES, route('POST', '/Users/.search')];
    expect(findScimRoute(routes, 'POST', '/users/.Search').route.path).toBe('/Users/.search');
    expect(scimErrorOf(() => findScimRoute(routes, 'GET', '/Users/.search'))).toMatchObject({ status: 405 });
    expect(scimErrorOf(() => findScimRoute(routes, 'DELETE', '/Users/.search'))).toMatchObject({
      status: 405,
    });
  });

  it.each(['/', '', '/User', '/Users/1/2', '/Users2', '/v2/Users'])('is 404 for %s', (path) =>
    expect(scimErrorOf(() => find('GET', path))).toMatchObject({ status: 404 }),
  );

  it.each([
    ['PUT', '/Users', 'GET, POST'],
    ['HEAD', '/Users', 'GET, POST'],
    ['get', '/Users', 'GET, POST'],
    ['PATCH', '/Users/42', 'GET, DELETE'],
  ])('is 405 for %s %s, and names the allowed methods', (method, path, allow) => {
    expect(scimErrorOf(() => find(method, path)).status).toBe(405);
    expect(headersOf(() => find(method, path))).toEqual({ allow });
  });

  it('does not repeat a long path', () =>
    expect(scimErrorOf(() => find('GET', `/${'x'.repeat(8000)}`)).detail.length).toBeLessThan(400));
});

function headersOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return (error as ScimError).headers;
  }
}
