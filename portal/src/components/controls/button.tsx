import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon, type IconName } from '../display/icon';
import { t } from './messages';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'isPending'> {
  readonly children: string;
  /** @default 'secondary' */
  readonly variant?: 'primary' | 'secondary' | 'danger' | 'quiet';
  readonly icon?: IconName;
  /** If true, shows a spinner and ignores presses. The button keeps its focus and size. */
  readonly isPending?: boolean;
}

export function Button({
  children,
  variant = 'secondary',
  icon,
  isPending,
  type,
  onPress,
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      // React Aria's own pending state refers to the button in its announcement, but the button may no longer
      // exist.
      type={isPending ? 'button' : type}
      onPress={isPending ? undefined : onPress}
      className={`button button-${variant}${isPending ? ' button-pending' : ''}`}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {isPending && <span className="spinner" role="status" aria-label={t('working')} />}
    </AriaButton>
  );
}
