import { readFileSync } from 'node:fs';
import path from 'node:path';
import { drawScreen } from '../../bin/diagrams/screen';
import { SCREENS } from '../../bin/diagrams/screens';

const IMAGES = path.join(__dirname, '../../docs/images');

describe.each(Object.entries(SCREENS))('the drawing %s', (name, screen) => {
  it('is the one that the script draws', () =>
    expect(readFileSync(path.join(IMAGES, name), 'utf8')).toBe(drawScreen(screen)));

  it('explains each of its numbers', () => {
    const numbers = screen.controls.flatMap((control) => ('note' in control ? (control.note ?? []) : []));
    expect([...new Set(numbers)].sort()).toEqual(screen.notes.map((_, index) => index + 1));
  });

  it('needs no styles and no scripts, which the policy of the portal refuses', () =>
    expect(drawScreen(screen)).not.toMatch(/style|<script|href/));
});
