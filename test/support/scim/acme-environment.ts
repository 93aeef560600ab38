import { ENV } from '../../../shared/env';
import { encodeProduct } from '../../../shared/product/product-variable';
import { ACME } from './acme-settings';

/** Import this file first, because the service reads the variable when it is loaded. */
process.env[ENV.productSchema] = encodeProduct(ACME);
