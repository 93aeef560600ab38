import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

const ICONS: Readonly<Record<NoticeTone, IconName>> = {
  bad: 'error',
  warning: 'warning',
  info: 'info',
  good: 'success',
};

type NoticeTone = 'bad' | 'warning' | 'info' | 'good';

interface NoticeProps {
  readonly tone: NoticeTone;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** If true, screen readers read the notice when it appears. */
  readonly isAlert?: boolean;
}

export function Notice({ tone, title, children, action, isAlert }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`} role={isAlert ? 'alert' : undefined}>
      <Icon name={ICONS[tone]} />
      <div className="notice-text">
        <p className="notice-title">{title}</p>
        {children}
      </div>
      {action && <div className="notice-action">{action}</div>}
    </div>
  );
}
