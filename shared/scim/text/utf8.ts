const STRICT = new TextDecoder('utf-8', { fatal: true });

/**
 * Returns the text of UTF-8 bytes without a leading byte order mark, or undefined if the bytes are not UTF-8.
 * Nothing is replaced by U+FFFD: a name that arrives in another encoding must not become a different name.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Returns whether a text that API Gateway has decoded was UTF-8. API Gateway replaces invalid bytes by
 * U+FFFD, which no name contains otherwise.
 */
export const isDecodedUtf8 = (text: string): boolean => !text.includes('\ufffd');

/** Returns a decoded text without a leading byte order mark. */
export const withoutByteOrderMark = (text: string): string => text.replace(/^\ufeff/, '');
