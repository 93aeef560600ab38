import { visible } from './visible';
import { t } from './messages';

/** Formats a JSON value for people: without quotes and brackets, and one line per list element. */
export const formatValue = (value: unknown): string => visible(format(value));

function format(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'string') return value === '' ? t('empty') : value;
  if (Array.isArray(value)) return value.length === 0 ? t('noElements') : value.map(formatElement).join('\n');
  return formatElement(value);
}

function formatElement(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${typeof part === 'object' ? JSON.stringify(part) : String(part)}`)
    .join(', ');
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Returns whether the value is an RFC 3339 time. */
export function isTimestamp(value: unknown): value is string {
  return typeof value === 'string' && TIME.test(value);
}
