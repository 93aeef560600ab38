import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { ShortcutKeys } from './shortcut-keys';
import { areShortcutsOff } from './stored-choice';

const DOMAIN_PATH = /^\/domains\/[^/]+/;

/** Fields and lists use the keys themselves, and a dialog covers the page. */
const OWN_KEYS =
  'input, textarea, select, [contenteditable], [role=listbox], [role=menu], [role=dialog], [role=alertdialog]';

/** Listens for the keyboard shortcuts, unless the user has turned them off. Calls `onHelp` for `?`. */
export function useShortcuts(onHelp: () => void): void {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const keys = useRef(new ShortcutKeys());
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (event.target as Element).closest(OWN_KEYS)) return;
      if (document.querySelector('.overlay')) return;
      const shortcut = keys.current.press(event, Date.now());
      if (!shortcut || areShortcutsOff()) return;
      if (shortcut.kind === 'help') onHelp();
      else if (shortcut.kind === 'search') {
        const search = document.querySelector<HTMLInputElement>('input[type=search]');
        if (!search) return;
        search.focus();
      } else {
        const domain = DOMAIN_PATH.exec(pathname)?.[0];
        if (!domain) return;
        void navigate(`${domain}/${shortcut.page}`);
      }
      // The key would be typed into the field that now has the focus.
      event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [navigate, onHelp, pathname]);
}
