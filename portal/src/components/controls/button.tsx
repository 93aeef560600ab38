import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon, type IconName } from '../display/icon';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'isPending'> {
  readonly children: string;
  /** @default 'secondary' */
  readonly variant?: 'primary' | 'secondary' | 'danger' | 'quiet';
  readonly icon?: IconName;
  /** While its work goes on it keeps focus and size, and does nothing more. */
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
      // React Aria's own pending state announces by a reference to the button, which may be gone by then.
      type={isPending ? 'button' : type}
      onPress={isPending ? undefined : onPress}
      data-pending={isPending || undefined}
      className={`button button-${variant}`}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {isPending && <span className="spinner" role="status" aria-label="Working" />}
    </AriaButton>
  );
}
