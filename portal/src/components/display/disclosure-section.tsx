import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { Icon } from './icon';

/** A section that the user can expand. */
export function DisclosureSection({
  title,
  headingLevel = 3,
  children,
}: {
  readonly title: string;
  /** @default 3 */
  readonly headingLevel?: 2 | 3;
  readonly children: ReactNode;
}) {
  return (
    <Disclosure className="disclosure">
      <Heading level={headingLevel}>
        <Button slot="trigger" className="disclosure-button">
          <Icon name="chevronRight" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="disclosure-panel">{children}</DisclosurePanel>
    </Disclosure>
  );
}
