import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { ScimError } from '../../scim/error';
import type { CursorPosition } from './cursor-listing';
import { CURSOR_TIMEOUT } from './list-query';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed cursor holds. */
interface Content {
  readonly place: CursorPosition;
  /** Seconds since the epoch. */
  readonly expires: number;
}

/**
 * Seals the place where a listing goes on into a cursor that says nothing to a client, cannot be made by one, and fits the one
 * query that it was made for: `query` is whatever must stay the same. In base64url, as RFC 9865 §2 allows unreserved
 * characters only.
 */
export class CursorSeal {
  private readonly key: Buffer;

  constructor(
    secret: string,
    private readonly query: string,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'scim list cursor', 32));
  }

  /** `now` in milliseconds. */
  seal(place: CursorPosition, now: number): string {
    const content: Content = { place, expires: Math.floor(now / 1000) + CURSOR_TIMEOUT };
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv).setAAD(Buffer.from(this.query));
    const sealed = [cipher.update(JSON.stringify(content), 'utf8'), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url');
  }

  /** Throws `invalidCursor` for what was not sealed for this query, `expiredCursor` for what was sealed too long ago. */
  open(cursor: string, now: number): CursorPosition {
    const { place, expires } = this.decrypt(cursor);
    if (expires * 1000 <= now) {
      throw ScimError.expiredCursor(
        `The cursor is older than ${CURSOR_TIMEOUT} seconds. Begin anew with an empty cursor, and fetch each page within that time.`,
      );
    }
    return place;
  }

  private decrypt(cursor: string): Content {
    const bytes = Buffer.from(cursor, 'base64url');
    try {
      const decipher = createDecipheriv(ALGORITHM, this.key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(this.query))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text =
        decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      return JSON.parse(text) as Content;
    } catch {
      throw ScimError.invalidCursor(
        'The cursor is not one that this query was given. Send nextCursor of the page before, unchanged, with the same ' +
          'filter, sortBy and sortOrder, to the same path; or begin anew with an empty cursor.',
      );
    }
  }
}
