import { toLocalPath } from '../../../portal/src/session/local-path';

describe('the path to return to', () => {
  it.each(['/', '/domains/1/users?search=a//b', '/domains//users'])('keeps %s unchanged', (path) =>
    expect(toLocalPath(path)).toBe(path),
  );

  it.each(['//example.com/users', '/\\example.com/users', '///example.com/users', '\\\\example.com/users'])(
    'stays on the portal: %s',
    (path) => {
      expect(toLocalPath(path)).toBe('/example.com/users');
      expect(new URL(toLocalPath(path), 'https://portal.example.com').host).toBe('portal.example.com');
    },
  );
});
