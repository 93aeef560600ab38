/** A label and a value, as the README shows them. */
export interface Badge {
  /** The file in docs/images/badges, without `.svg`. */
  readonly file: string;
  readonly label: string;
  readonly value: string;
}

/** The parts of package.json that badges show. */
export interface PackageFacts {
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
}

/** Returns the badges of the README. A test compares the files with them, so a badge cannot become wrong. */
export const badgesOf = ({ version, license, engines }: PackageFacts): Badge[] => [
  { file: 'version', label: 'version', value: version },
  { file: 'node', label: 'Node', value: engines.node },
  { file: 'scim', label: 'SCIM 2.0', value: 'RFC 7643, 7644, 9865, 9967' },
  { file: 'license', label: 'license', value: license },
];

const HEIGHT = 20;
const PADDING = 7;
/**
 * The width of a character of Verdana at 11 pixels, on average. `textLength` makes the text fit on every
 * machine.
 */
const CHARACTER = 6.6;

/** Returns a badge as SVG. It needs no server and no font of its own. */
export function renderBadge({ label, value }: Badge): string {
  const [labelText, valueText] = [label, value].map((text) => Math.round(text.length * CHARACTER)) as [
    number,
    number,
  ];
  const [left, right] = [labelText + 2 * PADDING, valueText + 2 * PADDING];
  const text = (x: number, length: number, content: string) =>
    `    <text x="${x}" y="14" textLength="${length}">${escape(content)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" ` +
      `aria-label="${escape(label)}: ${escape(value)}">`,
    `  <rect width="${left + right}" height="${HEIGHT}" rx="3" fill="#1f5fbf"/>`,
    `  <path d="M3 0h${left - 3}v${HEIGHT}h-${left - 3}a3 3 0 0 1-3-3v-14a3 3 0 0 1 3-3z" fill="#444c56"/>`,
    `  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">`,
    text(PADDING, labelText, label),
    text(left + PADDING, valueText, value),
    '  </g>',
    '</svg>',
    '',
  ].join('\n');
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
