import { Button, type ButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components';
import { Icon, type IconName } from '../display/icon';

interface IconButtonProps extends Omit<ButtonProps, 'className' | 'children' | 'aria-label'> {
  readonly icon: IconName;
  readonly label: string;
}

export function IconButton({ icon, label, ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <Button {...props} aria-label={label} className="icon-button">
        <Icon name={icon} />
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
