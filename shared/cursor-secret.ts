import { ENV, requireEnv } from './env';
import { readSecret } from './secret';

/** The secret from which the key of cursors is derived. */
export const readCursorSecret = (): Promise<string> => readSecret(requireEnv(ENV.cursorSecretArn));
