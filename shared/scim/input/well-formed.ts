/** Half of a surrogate pair, which has no UTF-8: it can neither be stored nor stand in a URL. */
const HALF = /\p{Surrogate}/u;
const HALVES = /\p{Surrogate}/gu;

export const isWellFormed = (text: string): boolean => !HALF.test(text);

/** At most the first `longest` UTF-16 units of a text, with U+FFFD in place of what has no UTF-8, nor has after the cut. */
export const wellFormed = (text: string, longest = Infinity): string =>
  text.slice(0, longest).replace(HALVES, '\ufffd');
