import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { CursorPosition } from '../../../shared/service/listing/cursor-listing';
import { CursorSeal } from '../../../shared/service/listing/cursor-seal';
import { CURSOR_TIMEOUT } from '../../../shared/cursor-timeout';
import { onlyVersion, twoVersions } from '../../support/service/secret-versions';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const PLACE: CursorPosition = { kind: 'USER', position: { id: 'u-1', nameKey: 'ada' } };
const seal = new CursorSeal(onlyVersion('secret'), 'query');
const invalid = { status: 400, scimType: 'invalidCursor' };

describe('a cursor', () => {
  it('opens to the place that was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (id, nameKey) => {
        const place: CursorPosition = { kind: 'GROUP', position: { id, nameKey } };
        expect(seal.open(seal.seal(place, NOW), NOW)).toEqual(place);
      }),
    );
    expect(seal.open(seal.seal({ kind: 'GROUP' }, NOW), NOW)).toEqual({ kind: 'GROUP' });
  });

  it('has only unreserved characters, reveals nothing, and differs each time', () => {
    const cursors = [seal.seal(PLACE, NOW), seal.seal(PLACE, NOW)];
    for (const cursor of cursors) {
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(Buffer.from(cursor, 'base64url').includes('ada')).toBe(false);
    }
    expect(cursors[0]).not.toBe(cursors[1]);
  });

  it('is not valid if a character was added, even one that decoding skips', () => {
    const cursor = seal.seal(PLACE, NOW);
    const standard = Buffer.from(cursor, 'base64url').toString('base64');
    const changed = [`${cursor}=`, `${cursor} `, ` ${cursor}`, `${cursor.slice(0, 5)}.${cursor.slice(5)}`];
    for (const other of [...changed, `${cursor}A`, ...(standard === cursor ? [] : [standard])])
      expect(scimErrorOf(() => seal.open(other, NOW))).toMatchObject(invalid);
  });

  it('is valid in other processes, but not with another secret or query', () => {
    const cursor = seal.seal(PLACE, NOW);
    expect(new CursorSeal(onlyVersion('secret'), 'query').open(cursor, NOW)).toEqual(PLACE);
    for (const other of [
      new CursorSeal(onlyVersion('other'), 'query'),
      new CursorSeal(onlyVersion('secret'), 'other'),
    ])
      expect(scimErrorOf(() => other.open(cursor, NOW))).toMatchObject(invalid);
  });

  it('stays valid when the secret is rotated, until the former version ends', () => {
    const cursor = seal.seal(PLACE, NOW);
    const rotated = twoVersions('secret', 'new secret');
    const after = new CursorSeal(rotated, 'query');
    expect(after.open(cursor, NOW)).toEqual(PLACE);
    expect(after.open(after.seal(PLACE, NOW), NOW)).toEqual(PLACE);
    expect(scimErrorOf(() => seal.open(after.seal(PLACE, NOW), NOW))).toMatchObject(invalid);
    const ended = new CursorSeal({ ...rotated, accepted: [rotated.issuing] }, 'query');
    expect(scimErrorOf(() => ended.open(cursor, NOW))).toMatchObject(invalid);
  });

  it('expires after its lifetime', () => {
    const cursor = seal.seal(PLACE, NOW);
    expect(seal.open(cursor, NOW + CURSOR_TIMEOUT * 1000 - 1)).toEqual(PLACE);
    expect(scimErrorOf(() => seal.open(cursor, NOW + CURSOR_TIMEOUT * 1000))).toMatchObject({
      status: 400,
      scimType: 'expiredCursor',
    });
  });

  it('is invalid if any bit is changed', () => {
    const bytes = Buffer.from(seal.seal(PLACE, NOW), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(scimErrorOf(() => seal.open(changed.toString('base64url'), NOW))).toMatchObject(invalid);
    }
  });

  it('cannot be forged', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat(100).map((length) => randomBytes(length).toString('base64url')),
        ),
        (text) => {
          expect(scimErrorOf(() => seal.open(text, NOW))).toMatchObject(invalid);
        },
      ),
    );
  });
});
