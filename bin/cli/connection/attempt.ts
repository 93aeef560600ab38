import { Unavailable } from '../failure';

/** A request is attempted again if the function that serves it was killed. */
const ATTEMPTS = 4;
const RETRY_MS = 500;

/** Sends an idempotent request again while the API is unavailable. `pause` waits for some milliseconds. */
export async function attempt<T>(send: () => Promise<T>, pause: (ms: number) => Promise<void>): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Unavailable) || number === ATTEMPTS) throw error;
      await pause(RETRY_MS * 2 ** (number - 1));
    }
  }
}
