/**
 * The characters that a spreadsheet takes for the beginning of a formula, also in full width. They are the
 * content of a character class in a pattern.
 */
export const FORMULA_CHARACTERS = '=+\\-@\\t\\r\\uff1d\\uff0b\\uff0d\\uff20';
