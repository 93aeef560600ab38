import { BIDI_CONTROLS, type CodePointRange, DEFAULT_IGNORABLES, WHITE_SPACE } from './unicode-table';

/**
 * Control characters (category Cc) and the line and paragraph separators. No Unicode version changes them.
 */
const CONTROL_OR_SEPARATOR = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const BIDI_CONTROL = anyOf(BIDI_CONTROLS);
const DEFAULT_IGNORABLE = anyOf(DEFAULT_IGNORABLES);
const ALL_DEFAULT_IGNORABLES = anyOf(DEFAULT_IGNORABLES, 'gu');
const WHITE_SPACE_CHARACTER = anyOf(WHITE_SPACE);
const SPACE = 0x20;
const DELETE = 0x7f;

/**
 * Returns whether `text` contains neither a control character, such as a line break, nor a separator of
 * lines.
 */
export const isOneLine = (text: string): boolean => !CONTROL_OR_SEPARATOR.test(text);

/** Returns whether `text` contains a character that changes the direction in which text is shown. */
export const hasBidiControls = (text: string): boolean => BIDI_CONTROL.test(text);

/** Returns whether `text` contains an invisible character, such as a soft hyphen or a zero-width joiner. */
export const hasDefaultIgnorables = (text: string): boolean => DEFAULT_IGNORABLE.test(text);

/** Returns `text` without its invisible characters. */
export const removeDefaultIgnorables = (text: string): string => text.replace(ALL_DEFAULT_IGNORABLES, '');

/**
 * Returns `text` without Unicode white space at both ends. Unlike `String.prototype.trim`, it also removes
 * U+0085 and keeps U+FEFF, which is not white space. It takes linear time, unlike a regular expression for
 * the end.
 */
export function trimWhiteSpace(text: string): string {
  // All white space is in the Basic Multilingual Plane, so one UTF-16 unit is one character.
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text, start)) start++;
  while (start < end && isWhiteSpace(text, end - 1)) end--;
  return text.slice(start, end);
}

function isWhiteSpace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  // Names nearly always begin and end with a letter or a digit.
  return (unit <= SPACE || unit >= DELETE) && WHITE_SPACE_CHARACTER.test(text.charAt(at));
}

/** Returns a pattern for one character of the ranges. */
function anyOf(ranges: readonly CodePointRange[], flags = 'u'): RegExp {
  const escape = (codePoint: number) => `\\u{${codePoint.toString(16)}}`;
  const members = ranges.map(([first, last]) => `${escape(first)}-${escape(last)}`);
  return new RegExp(`[${members.join('')}]`, flags);
}
