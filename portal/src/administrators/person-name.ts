import type { Administrator } from '../api/schema';
import { visible } from '../format/visible';

/** Returns the name of an administrator, else the address, else the ID. */
export const personName = ({ name, email, administratorId }: Administrator): string =>
  visible(name ?? email ?? administratorId);
