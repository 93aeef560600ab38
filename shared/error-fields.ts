import { withoutLocalParts } from './mail/address';

/** What a log may say of anything that was thrown: its name and its message, without the local parts of addresses. */
export function errorFields(error: unknown): { errorName: string; errorMessage: string } {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { errorName: name, errorMessage: withoutLocalParts(message) };
}
