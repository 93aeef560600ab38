import type { Row } from './row';
import { USER_ROWS } from './user-rows';

/** All rows of the table, in order. */
export const ROWS: readonly Row[] = [...USER_ROWS];
