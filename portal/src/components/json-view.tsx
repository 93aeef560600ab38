import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { Icon } from './icon';

/** JSON that is shown on request. */
export function JsonView({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <Disclosure className="disclosure">
      <Heading level={3}>
        <Button slot="trigger" className="disclosure-button">
          <Icon name="chevronRight" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="disclosure-panel">
        <pre className="code-block" tabIndex={0} role="region" aria-label={title}>
          {JSON.stringify(value, undefined, 2)}
        </pre>
      </DisclosurePanel>
    </Disclosure>
  );
}
