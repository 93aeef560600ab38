/** Half of a surrogate pair, which has no UTF-8: it can neither be stored nor stand in a URL. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text);

/** At most the first `longest` UTF-16 units of a text, with U+FFFD in place of what has no UTF-8, nor has after the cut. */
export const toWellFormed = (text: string, maxLength = Infinity): string =>
  text.slice(0, maxLength).replace(LONE_SURROGATES, '\ufffd');
