import { ENV, requireEnv } from '../shared/env';

describe('requireEnv', () => {
  it('returns the value of a variable', () => {
    process.env.TABLE_NAME = 'table';
    expect(requireEnv(ENV.tableName)).toBe('table');
  });

  it.each([undefined, ''])('names the missing variable (%p)', (value) => {
    if (value === undefined) delete process.env.TABLE_NAME;
    else process.env.TABLE_NAME = value;
    expect(() => requireEnv(ENV.tableName)).toThrow('The environment variable TABLE_NAME is not set.');
  });
});
