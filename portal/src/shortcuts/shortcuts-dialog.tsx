import { useState } from 'react';
import { Dialog } from '../components/controls/dialog';
import { Switch } from '../components/controls/switch';
import type { PAGE_KEYS } from './shortcut-keys';
import { areShortcutsOff, turnShortcuts } from './stored-choice';
import { t } from './messages';

const PAGE_TITLES: Readonly<Record<keyof typeof PAGE_KEYS, string>> = {
  u: t('openUsers'),
  g: t('openGroups'),
  r: t('openRequests'),
  a: t('openAuditLog'),
  s: t('openSettings'),
};

const ROWS: readonly (readonly [keys: readonly string[], effect: string])[] = [
  [['?'], t('showThisDialog')],
  [['/'], t('focusTheSearch')],
  ...Object.entries(PAGE_TITLES).map(([key, title]) => [['g', key], title] as const),
  [['Esc'], t('closeDialog')],
];

/**
 * Documents the keyboard shortcuts. They can be turned off, because speech input and other tools may press
 * single keys.
 */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const [isOn, setOn] = useState(() => !areShortcutsOff());
  const change = (next: boolean) => {
    turnShortcuts(next);
    setOn(next);
  };
  return (
    <Dialog title={t('keyboardShortcuts')} onClose={onClose}>
      <dl className="shortcuts">
        {ROWS.map(([keys, effect]) => (
          <div key={effect}>
            <dt>
              {keys.map((key, at) => (
                <kbd key={at}>{key}</kbd>
              ))}
            </dt>
            <dd>{effect}</dd>
          </div>
        ))}
      </dl>
      <p className="subtle">{t('rowsAreLinks')}</p>
      <Switch isSelected={isOn} onChange={change}>
        {t('useShortcuts')}
      </Switch>
    </Dialog>
  );
}
