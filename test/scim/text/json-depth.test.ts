import * as fc from 'fast-check';
import { isJsonDeeperThan, MAX_JSON_DEPTH, parseJson } from '../../../shared/scim/text/json-depth';

const nest = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('isJsonDeeperThan', () => {
  it('counts the levels of any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        expect(isJsonDeeperThan(depthOf(value), text)).toBe(false);
        expect(depthOf(value) > 0 && isJsonDeeperThan(depthOf(value) - 1, text)).toBe(depthOf(value) > 0);
      }),
    );
  });

  it.each([
    ['brackets in a string', '"[[[["'],
    ['brackets after an escaped quote', '"\\"[[[["'],
    ['siblings', '[[],[],{},{}]'],
  ])('does not count %s', (_, text) => {
    expect(isJsonDeeperThan(2, text)).toBe(false);
  });

  it('reads a text of any depth', () => {
    expect(isJsonDeeperThan(MAX_JSON_DEPTH, '[{"a":'.repeat(1_000_000))).toBe(true);
  });
});

describe('parseJson', () => {
  it.each([
    ['JSON', '{"a":[1]}', { a: [1] }],
    ['JSON with as many levels as are allowed', nest(MAX_JSON_DEPTH), JSON.parse(nest(MAX_JSON_DEPTH))],
    ['JSON with more levels', nest(MAX_JSON_DEPTH + 1), undefined],
    ['text that is not JSON', 'ada', undefined],
  ])('parses %s', (_, text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });
});
