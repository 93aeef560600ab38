import fc from 'fast-check';
import {
  currentSecret,
  formatSecretVersions,
  parseSecretVersions,
  type SecretVersion,
  versionAt,
} from '../../shared/credentials/secret-versions';

const NOW = Date.UTC(2026, 2, 1);
const FIRST: SecretVersion = { id: 1, text: 'a', from: -Infinity };

describe('parseSecretVersions', () => {
  it('takes a plain text for the first version', () => {
    expect(parseSecretVersions('plain')).toEqual([{ id: 1, text: 'plain', from: -Infinity }]);
  });

  it('parses what formatSecretVersions returns', () => {
    const times = fc.integer({ min: 0, max: 4e12 });
    const version = fc.record({ text: fc.string({ minLength: 1 }), from: times, until: fc.option(times) });
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 5 }), (all) => {
        const versions = all.map(({ until, ...each }, index) => ({
          ...each,
          id: index + 1,
          ...(until !== null && { until }),
        }));
        expect(parseSecretVersions(formatSecretVersions(versions))).toEqual(versions);
      }),
    );
    expect(parseSecretVersions(formatSecretVersions([FIRST]))).toEqual([FIRST]);
  });

  it.each([
    ['no JSON', '{"versions":[{"id":1,"text":"hidden"'],
    ['no list', '{"versions":{"text":"hidden"}}'],
    ['no version', '{"versions":[]}'],
    ['a version without a text', '{"versions":[{"id":1}]}'],
    ['a version with an empty text', '{"versions":[{"id":1,"text":""}]}'],
    ['a version without an id', '{"versions":[{"text":"hidden"}]}'],
    ['an invalid time', '{"versions":[{"id":1,"text":"hidden","from":"soon"}]}'],
    ['a version twice', '{"versions":[{"id":1,"text":"hidden"},{"id":1,"text":"hidden"}]}'],
    ['versions in the wrong order', '{"versions":[{"id":2,"text":"hidden"},{"id":1,"text":"hidden"}]}'],
  ])('refuses a secret with %s, without its text in the error', (_, text) => {
    let message = '';
    try {
      parseSecretVersions(text);
    } catch (error) {
      ({ message } = error as Error);
    }
    expect(message).toMatch(/secret/);
    expect(message).not.toContain('hidden');
  });
});

describe('currentSecret', () => {
  const versions = [
    { ...FIRST, until: NOW + 10 },
    { id: 2, text: 'b', from: NOW },
    { id: 3, text: 'c', from: NOW + 20 },
  ];

  it.each([
    [NOW - 1, 1, [3, 2, 1]],
    [NOW, 2, [3, 2, 1]],
    [NOW + 9, 2, [3, 2, 1]],
    [NOW + 10, 2, [3, 2]],
    [NOW + 20, 3, [3, 2]],
  ])('uses the version of the time, and accepts those that have not ended (%d)', (time, used, accepted) => {
    const current = currentSecret(versions, time);
    expect(current.issuing.id).toBe(used);
    expect(current.accepted.map(({ id }) => id)).toEqual(accepted);
  });

  it('uses the oldest version before its time', () => {
    expect(versionAt([{ id: 2, text: 'b', from: NOW }], NOW - 1).id).toBe(2);
  });
});
