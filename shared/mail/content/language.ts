/**
 * Returns the languages in a list in the format of `Accept-Language` (RFC 9110 §12.5.4), the most preferred
 * first.
 */
function parseLanguageRanges(preferred: string): string[] {
  return preferred
    .split(',')
    .map((entry) => {
      const [range = '', ...parameters] = entry.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2) ?? '1';
      // Okta and other clients write locales with an underscore, as Java does.
      return { range: range.replaceAll('_', '-').toLowerCase(), weight: Number(weight) };
    })
    .filter(({ range, weight }) => /^[a-z0-9-]+$/.test(range) && weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ range }) => range);
}

/**
 * Returns the available language that matches a user's `preferredLanguage` or `locale` best, or undefined if
 * none matches. For each preferred tag, the longest available prefix wins (RFC 4647 §3.4: `de` for `de-AT`).
 * If there is none, a narrower tag wins (`pt-BR` for `pt`).
 */
export function chooseLanguage(preferred: string, available: readonly string[]): string | undefined {
  const find = (matches: (tag: string) => boolean) => available.find((tag) => matches(tag.toLowerCase()));
  for (const range of parseLanguageRanges(preferred)) {
    const subtags = range.split('-');
    for (let length = subtags.length; length > 0; length--) {
      const found = find((tag) => tag === subtags.slice(0, length).join('-'));
      if (found) return found;
    }
    const narrower = find((tag) => tag.startsWith(`${range}-`));
    if (narrower) return narrower;
  }
  return undefined;
}
