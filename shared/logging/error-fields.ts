/** Returns the fields to log for a thrown value: its name and its message, with email addresses masked. */
export function errorFields(error: unknown): { errorName: string; errorMessage: string } {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { errorName: name, errorMessage: maskLocalParts(message) };
}

/** Returns the name and the message of a thrown value, with email addresses masked. */
export function errorText(error: unknown): string {
  const { errorName, errorMessage } = errorFields(error);
  return `${errorName}: ${errorMessage}`;
}

/**
 * Masks the part before the `@` of each email address in a text, so that the text can be logged and stored.
 */
export const maskLocalParts = (text: string): string => text.replace(/("[^"]*"|[^\s@<>"(),:;]+)@/g, '***@');
