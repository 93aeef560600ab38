import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { ShortcutsDialog } from './shortcuts-dialog';
import { useShortcuts } from './use-shortcuts';

const ShortcutsContext = createContext<() => void>(() => undefined);

/** Returns a function that opens the dialog with the keyboard shortcuts. */
export const useShortcutsDialog = (): (() => void) => useContext(ShortcutsContext);

/** Makes the keyboard shortcuts work in the pages below it. */
export function Shortcuts({ children }: { readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  useShortcuts(open);
  return (
    <ShortcutsContext value={open}>
      {children}
      {isOpen && <ShortcutsDialog onClose={() => setOpen(false)} />}
    </ShortcutsContext>
  );
}
