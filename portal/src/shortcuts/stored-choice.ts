const STORAGE_KEY = 'shortcuts';

/** Returns whether the user has turned the shortcuts off in this browser. */
export function areShortcutsOff(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'off';
  } catch {
    return false;
  }
}

/** Turns the shortcuts on or off in this browser. */
export function turnShortcuts(isOn: boolean): void {
  if (isOn) localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, 'off');
}
