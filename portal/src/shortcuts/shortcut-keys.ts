/** The action of a shortcut. The targets of `go` are pages of the domain. */
export type Shortcut =
  { readonly kind: 'help' } | { readonly kind: 'search' } | { readonly kind: 'go'; readonly page: string };

/** The pages of a domain that can be opened by `g` and a letter. */
export const PAGE_KEYS = {
  u: 'users',
  g: 'groups',
  r: 'requests',
  a: 'audit-log',
  s: 'settings',
} as const;

/** The time in which the second key of a sequence must follow. */
const SEQUENCE_MS = 1_500;

/** The part of a keyboard event that decides about shortcuts. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Finds the shortcuts in a sequence of pressed keys. */
export class ShortcutKeys {
  private goUntil = 0;

  /** Returns the shortcut that a key completes at `now`, in milliseconds. */
  press({ key, ctrlKey, metaKey, altKey }: PressedKey, now: number): Shortcut | undefined {
    // The browser and screen readers have shortcuts with these keys.
    if (ctrlKey || metaKey || altKey) return undefined;
    const isSecond = now < this.goUntil;
    this.goUntil = 0;
    if (isSecond)
      return Object.hasOwn(PAGE_KEYS, key) ? { kind: 'go', page: PAGE_KEYS[key as PageKey] } : undefined;
    if (key === '?') return { kind: 'help' };
    if (key === '/') return { kind: 'search' };
    if (key === 'g') this.goUntil = now + SEQUENCE_MS;
    return undefined;
  }
}

type PageKey = keyof typeof PAGE_KEYS;
