import { ENV, requireEnv } from '../shared/env';

describe('requireEnv', () => {
  it('reads a variable that is set', () => {
    process.env.TABLE_NAME = 'table';
    expect(requireEnv(ENV.tableName)).toBe('table');
  });

  it.each([undefined, ''])('names the variable that is not set (%p)', (value) => {
    if (value === undefined) delete process.env.TABLE_NAME;
    else process.env.TABLE_NAME = value;
    expect(() => requireEnv(ENV.tableName)).toThrow('The environment variable TABLE_NAME is not set.');
  });
});
