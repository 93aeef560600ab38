import type { ReactNode } from 'react';
import { Icon, type IconName } from '../components/display/icon';
import { t } from './messages';

const ICONS = { done: 'success', failed: 'error', waiting: 'clock' } as const satisfies Record<
  string,
  IconName
>;

const STATES: Readonly<Record<keyof typeof ICONS, string>> = {
  done: t('stateDone'),
  failed: t('stateFailed'),
  waiting: t('stateWaiting'),
};

/** A list of steps that are done, wait, or have failed. `isLive`: screen readers read changes. */
export function StatusList({
  isLive,
  children,
}: {
  readonly isLive?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <ul className="setup-feedback" aria-live={isLive ? 'polite' : undefined}>
      {children}
    </ul>
  );
}

interface StatusItemProps {
  readonly state: keyof typeof ICONS;
  readonly title: ReactNode;
  readonly children?: ReactNode;
}

export function StatusItem({ state, title, children }: StatusItemProps) {
  return (
    <li className={`setup-item setup-item-${state}`}>
      <Icon name={ICONS[state]} />
      <div>
        <p className="setup-item-title">
          {title}
          <span className="visually-hidden">: {STATES[state]}</span>
        </p>
        {children && <p>{children}</p>}
      </div>
    </li>
  );
}
