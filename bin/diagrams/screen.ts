/** A control of a screen. Each takes one line, except for lists of checkboxes. */
type Control =
  | { readonly kind: 'heading'; readonly text: string }
  | {
      readonly kind: 'field';
      readonly label: string;
      readonly value: string;
      /** The number of the note that explains the field. */
      readonly note?: number;
    }
  | { readonly kind: 'checkbox'; readonly label: string; readonly isChecked: boolean; readonly note?: number }
  | {
      readonly kind: 'row';
      readonly cells: readonly string[];
      readonly note?: number;
      readonly isHead?: boolean;
    }
  | { readonly kind: 'button'; readonly label: string; readonly note?: number };

/** A drawing of a screen of another product: its structure and its words, not its looks. */
export interface Screen {
  /** The path to the screen: `Provisioning → Integration`. */
  readonly path: string;
  /** The tabs, of which the first one is selected. */
  readonly menu: readonly string[];
  readonly controls: readonly Control[];
  /** Explanations with numbers, below the screen. */
  readonly notes: readonly string[];
}

const WIDTH = 760;
const MENU = 150;
const LINE = 40;
const NOTE_LINE = 24;
const LEFT = MENU + 24;
const LABEL = 190;
const INK = '#16202c';
const SUBTLE = '#526070';
const ACCENT = '#0b5cab';
const BORDER = '#c3ccd6';

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

interface TextStyle {
  readonly fill?: string;
  readonly size?: number;
  readonly weight?: number;
  readonly isCode?: boolean;
}

function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { fill = INK, size = 14, weight = 400, isCode = false } = style;
  const family = isCode
    ? 'ui-monospace, Menlo, Consolas, monospace'
    : 'system-ui, Segoe UI, Arial, sans-serif';
  return (
    `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}" font-weight="${weight}" ` +
    `font-family="${family}">${escapeXml(content)}</text>`
  );
}

const box = (x: number, y: number, width: number, height: number, fill: string, stroke = BORDER): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="${fill}" stroke="${stroke}"/>`;

/** Draws the number of a note. */
const badge = (x: number, y: number, note: number): string =>
  `<circle cx="${x}" cy="${y}" r="10" fill="${ACCENT}"/>` +
  `<text x="${x}" y="${y + 4.5}" fill="#ffffff" font-size="12" font-weight="700" text-anchor="middle" ` +
  `font-family="system-ui, Segoe UI, Arial, sans-serif">${note}</text>`;

function drawControl(control: Control, y: number): string {
  const note = 'note' in control && control.note !== undefined ? badge(WIDTH - 24, y + 18, control.note) : '';
  switch (control.kind) {
    case 'heading':
      return text(LEFT, y + 24, control.text, { size: 16, weight: 600 });
    case 'field':
      return (
        text(LEFT, y + 23, control.label, { fill: SUBTLE }) +
        box(LEFT + LABEL, y + 4, WIDTH - LEFT - LABEL - 48, 29, '#ffffff', '#8592a1') +
        text(LEFT + LABEL + 10, y + 23, control.value, { isCode: true, size: 12.5 }) +
        note
      );
    case 'checkbox':
      return (
        box(
          LEFT,
          y + 9,
          18,
          18,
          control.isChecked ? ACCENT : '#ffffff',
          control.isChecked ? ACCENT : '#8592a1',
        ) +
        (control.isChecked
          ? `<path d="m${LEFT + 4} ${y + 18} 4 4 6-8" fill="none" stroke="#ffffff" stroke-width="2"/>`
          : '') +
        text(LEFT + 30, y + 23, control.label) +
        note
      );
    case 'row': {
      const width = (WIDTH - LEFT - 48) / control.cells.length;
      const style = control.isHead ? { fill: SUBTLE, weight: 600, size: 13 } : { isCode: true, size: 12 };
      const line = `<path d="M${LEFT} ${y + LINE - 4}H${WIDTH - 48}" stroke="${BORDER}"/>`;
      return (
        control.cells.map((cell, index) => text(LEFT + index * width, y + 23, cell, style)).join('') +
        line +
        note
      );
    }
    case 'button':
      return (
        box(LEFT, y + 3, control.label.length * 8 + 32, 32, ACCENT, ACCENT) +
        text(LEFT + 16, y + 24, control.label, { fill: '#ffffff', weight: 600 }) +
        note
      );
  }
}

/** Draws a screen as SVG. It has a background of its own, so it is legible in light and dark themes. */
export function drawScreen({ path, menu, controls, notes }: Screen): string {
  const top = 56;
  const screenHeight = top + Math.max(controls.length, menu.length) * LINE + 16;
  const height = screenHeight + notes.length * NOTE_LINE + 28;
  const parts = [
    box(0.5, 0.5, WIDTH - 1, height - 1, '#ffffff'),
    `<rect x="1" y="1" width="${WIDTH - 2}" height="39" fill="#eef2f6"/>`,
    text(16, 26, path, { weight: 600 }),
    `<rect x="1" y="40" width="${MENU}" height="${screenHeight - 40}" fill="#f8fafc"/>`,
    `<path d="M${MENU} 40V${screenHeight}M1 40H${WIDTH - 1}M1 ${screenHeight}H${WIDTH - 1}" stroke="${BORDER}"/>`,
    ...menu.map((item, index) =>
      text(16, top + index * LINE + 24, item, index === 0 ? { fill: ACCENT, weight: 600 } : { fill: SUBTLE }),
    ),
    ...controls.map((control, index) => drawControl(control, top + index * LINE)),
    ...notes.flatMap((note, index) => {
      const y = screenHeight + 26 + index * NOTE_LINE;
      return [badge(26, y - 4, index + 1), text(46, y, note, { size: 13 })];
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">\n${parts.join('\n')}\n</svg>\n`;
}
