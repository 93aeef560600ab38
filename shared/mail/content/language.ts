/** Languages that a person reads, as `Accept-Language` has them (RFC 9110 §12.5.4), the dearest first. */
function parseLanguageRanges(wanted: string): string[] {
  return wanted
    .split(',')
    .map((entry) => {
      const [range = '', ...parameters] = entry.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2) ?? '1';
      // Okta and others write locales with an underscore, as Java does.
      return { range: range.replaceAll('_', '-').toLowerCase(), weight: Number(weight) };
    })
    .filter(({ range, weight }) => /^[a-z0-9-]+$/.test(range) && weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ range }) => range);
}

/**
 * The language of `available` for a person's `preferredLanguage` or `locale`: the longest beginning of a wanted tag that
 * there is (RFC 4647 §3.4), else one that is narrower than the wanted one. Undefined where there is none.
 */
export function chooseLanguage(wanted: string, available: readonly string[]): string | undefined {
  const find = (matches: (tag: string) => boolean) => available.find((tag) => matches(tag.toLowerCase()));
  for (const range of parseLanguageRanges(wanted)) {
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
