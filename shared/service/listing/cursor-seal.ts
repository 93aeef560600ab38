import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { CURSOR_TIMEOUT } from '../../cursor-timeout';
import type { CurrentSecret, SecretVersion } from '../../credentials/secret-versions';
import { ScimError } from '../../scim/error';
import type { CursorPosition } from './cursor-listing';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The content of a sealed cursor. */
interface Content {
  readonly place: CursorPosition;
  /** Seconds since the epoch. */
  readonly expires: number;
}

const keyOf = ({ text }: SecretVersion): Buffer =>
  Buffer.from(hkdfSync('sha256', text, '', 'scim list cursor', 32));

/**
 * Encrypts the place at which a listing continues into a cursor. Clients can neither read nor forge it, and
 * it is valid only for one query: `query` is everything that must stay the same. Cursors are base64url,
 * because RFC 9865 §2 allows only unreserved characters.
 */
export class CursorSeal {
  constructor(
    private readonly secret: CurrentSecret,
    private readonly query: string,
  ) {}

  /** `now` is in milliseconds since the epoch. */
  seal(place: CursorPosition, now: number): string {
    const content: Content = { place, expires: Math.floor(now / 1000) + CURSOR_TIMEOUT };
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, keyOf(this.secret.issuing), iv).setAAD(Buffer.from(this.query));
    const sealed = [cipher.update(JSON.stringify(content), 'utf8'), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url');
  }

  /**
   * Throws `invalidCursor` if the cursor was not sealed for this query, and `expiredCursor` if it is too old.
   */
  open(cursor: string, now: number): CursorPosition {
    const { place, expires } = this.decrypt(cursor);
    if (expires * 1000 <= now) {
      throw ScimError.expiredCursor(
        `The cursor is older than ${CURSOR_TIMEOUT} seconds. Start again with an empty cursor, and ` +
          'request each page within that time.',
      );
    }
    return place;
  }

  private decrypt(cursor: string): Content {
    const bytes = Buffer.from(cursor, 'base64url');
    // Decoding skips characters that are not base64url, so a changed cursor can have the same bytes.
    const isUnchanged = bytes.toString('base64url') === cursor;
    for (const version of isUnchanged ? this.secret.accepted : []) {
      const content = this.decryptWith(version, bytes);
      if (content) return content;
    }
    throw ScimError.invalidCursor(
      'The cursor does not belong to this query. Send nextCursor of the previous page unchanged, with ' +
        'the same filter, ' +
        'sortBy and sortOrder, to the same path. Or start again with an empty cursor.',
    );
  }

  /** Returns undefined if the cursor was not sealed with this version of the secret. */
  private decryptWith(version: SecretVersion, bytes: Buffer): Content | undefined {
    try {
      const decipher = createDecipheriv(ALGORITHM, keyOf(version), bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(this.query))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text =
        decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      return JSON.parse(text) as Content;
    } catch {
      return undefined;
    }
  }
}
