/** Returns a number with its noun: `1 user`, `7 users`. */
export const pluralize = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
