import { t } from './messages';

export const THEMES = { system: t('sameAsDevice'), light: t('light'), dark: t('dark') } as const;
export type Theme = keyof typeof THEMES;

const STORAGE_KEY = 'theme';

export function storedTheme(): Theme {
  const stored = localStorage.getItem(STORAGE_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Applies and stores the theme. tokens.css has the colors of both themes. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(STORAGE_KEY);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(STORAGE_KEY, theme);
    document.documentElement.dataset.theme = theme;
  }
}
