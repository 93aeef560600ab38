/** Returns the fields to log for a thrown value: its name and its message, with email addresses masked. */
export function errorFields(error: unknown): { errorName: string; errorMessage: string } {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { errorName: name, errorMessage: maskLocalParts(message) };
}

/**
 * Masks the part before the `@` of each email address in a text, so that the text can be logged and stored.
 */
export const maskLocalParts = (text: string): string => text.replace(/("[^"]*"|[^\s@<>"(),:;]+)@/g, '***@');
