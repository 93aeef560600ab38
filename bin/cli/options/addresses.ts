/** Parses a list of email addresses that are separated by commas. The text "none" is an empty list. */
export const parseAddresses = (text: string): string[] =>
  text.trim().toLowerCase() === 'none' ? [] : text.split(',').map((address) => address.trim());
