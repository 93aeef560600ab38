import { InvalidArgumentError } from 'commander';
import { scim } from './run';

it('an error of a parser that an action has called is printed, and ends with 2', async () => {
  const readInput = () => Promise.reject(new InvalidArgumentError('It must be a date.'));
  expect(await scim(['mapping', 'preview', 'd', '-'], { readInput })).toEqual({
    code: 2,
    out: '',
    err: 'error: It must be a date.\n',
  });
});

it('an error that commander has printed is not printed again', async () => {
  const { code, err } = await scim(['domain', 'list', '--limit', '0']);
  expect([code, err.match(/whole number/g)]).toEqual([2, ['whole number']]);
});
