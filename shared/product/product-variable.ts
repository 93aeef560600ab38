import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { ProductSettings } from '../scim/schemas/product-user';

/**
 * Returns the value of the environment variable with the settings. It is compressed, because all variables of
 * a function share 4 KB.
 */
export const encodeProduct = (settings: ProductSettings): string =>
  brotliCompressSync(JSON.stringify(settings)).toString('base64');

export const decodeProduct = (value: string): ProductSettings =>
  JSON.parse(brotliDecompressSync(Buffer.from(value, 'base64')).toString()) as ProductSettings;
