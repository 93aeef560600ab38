/**
 * Whether the header allows gzip (RFC 9110 §12.5.3): by name, or else by `*`, with a weight above 0. A client that sends no
 * such header may not be able to unpack anything.
 */
export function acceptsGzip(header: string | undefined): boolean {
  const weights = new Map((header ?? '').split(',').map(weightOfCoding));
  const weight = weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0;
  return weight > 0;
}

function weightOfCoding(element: string): [coding: string, weight: number] {
  const [coding = '', ...parameters] = element.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '');
  return [coding, weight === undefined ? 1 : Number(weight)];
}
