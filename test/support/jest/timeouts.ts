import { HANG_LIMIT_MS, until } from '../../../local/host/processes/until';

export { HANG_LIMIT_MS };

/**
 * Waits until `check` is true (a throw counts as false). Only a wait that hangs ends earlier, before jest
 * ends the test, so that the error names what did not happen.
 */
export const eventually = (
  what: string,
  check: () => Promise<boolean> | boolean,
  everyMs?: number,
): Promise<void> => until(what, HANG_LIMIT_MS, async () => check(), everyMs);
