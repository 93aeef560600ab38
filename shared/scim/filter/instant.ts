const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * The instant that an xsd:dateTime (RFC 7643 §2.3.5) names, in milliseconds since the epoch with a fraction; UTC where it
 * has no offset. Undefined where `text` is none.
 */
export function instantOf(text: string): number | undefined {
  const [, seconds, fraction = '', offset = 'Z'] = DATE_TIME.exec(text.toUpperCase()) ?? [];
  const milliseconds = Date.parse(`${seconds}${offset}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds + Number(`0${fraction}`) * 1000;
}
