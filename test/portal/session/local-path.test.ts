import { ownPath } from '../../../portal/src/session/local-path';

describe('the path to come back to', () => {
  it.each(['/', '/domains/1/users?search=a//b', '/domains//users'])('is %s as it is', (path) =>
    expect(ownPath(path)).toBe(path),
  );

  it.each(['//example.com/users', '/\\example.com/users', '///example.com/users', '\\\\example.com/users'])(
    'leads to no other host: %s',
    (path) => {
      expect(ownPath(path)).toBe('/example.com/users');
      expect(new URL(ownPath(path), 'https://portal.example.com').host).toBe('portal.example.com');
    },
  );
});
