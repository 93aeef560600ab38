import { readConfig } from '../../../lib/config';
import { ENV } from '../../../shared/env';
import { encodeProduct } from '../../../shared/product/product-variable';

/** The example stage with other user types and another schema. */
export const VENDOR_STAGE = 'example-vendor';

/** Returns the variable by which tests, like the functions, know the product of a stage. */
export const productVariable = (stage: string): Record<string, string> => ({
  [ENV.productSchema]: encodeProduct(readConfig({ stage }).product),
});

// Import this file first, because the variable is read when `shared/product` is loaded.
if (!process.env[ENV.productSchema]) Object.assign(process.env, productVariable(VENDOR_STAGE));
