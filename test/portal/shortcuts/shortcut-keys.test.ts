import { type PressedKey, ShortcutKeys, type Shortcut } from '../../../portal/src/shortcuts/shortcut-keys';

const key = (text: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key: text,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

/** Returns the shortcuts of keys that are pressed at these times, in milliseconds. */
const pressed = (...keys: readonly (readonly [PressedKey, number])[]): (Shortcut | undefined)[] => {
  const shortcuts = new ShortcutKeys();
  return keys.map(([each, at]) => shortcuts.press(each, at));
};

it('? shows the shortcuts, and / goes to the search', () => {
  expect(pressed([key('?'), 0], [key('/'), 10])).toEqual([{ kind: 'help' }, { kind: 'search' }]);
});

it.each([
  ['u', 'users'],
  ['g', 'groups'],
  ['r', 'requests'],
  ['a', 'audit-log'],
  ['s', 'settings'],
])('g and then %s opens %s', (letter, page) => {
  expect(pressed([key('g'), 0], [key(letter), 900])).toEqual([undefined, { kind: 'go', page }]);
});

it('the second key must follow soon, and directly', () => {
  expect(pressed([key('g'), 0], [key('u'), 2_000])).toEqual([undefined, undefined]);
  expect(pressed([key('g'), 0], [key('x'), 100], [key('u'), 200])).toEqual([undefined, undefined, undefined]);
});

it('keys with Ctrl, Alt, or the command key belong to the browser', () => {
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const) {
    expect(pressed([key('/', { [modifier]: true }), 0])).toEqual([undefined]);
    expect(pressed([key('g', { [modifier]: true }), 0], [key('u'), 100])).toEqual([undefined, undefined]);
  }
});

it('a name of an inherited property is no shortcut', () => {
  expect(pressed([key('g'), 0], [key('constructor'), 100])).toEqual([undefined, undefined]);
});
