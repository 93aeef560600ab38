import { useState } from 'react';
import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { SettingsForm } from '../components/controls/settings-form';
import { TextField } from '../components/controls/text-field';
import { useAccess } from '../session/access';

const WEEK_IN_MINUTES = 10_080;

/** The settings that an owner can change: the name, the email delay, and the addresses to notify. */
export function DomainForm({ domain }: { readonly domain: Domain }) {
  const { mayChange } = useAccess();
  // This state is not in the form, because React creates a new form after each change of the domain.
  const change = useChangeDomain(domain.domainId);
  return (
    <Card title="Domain">
      {mayChange ? (
        <EditDomainForm
          key={`${domain.name}/${domain.mailDelayMinutes}/${listText(domain.notifyAddresses)}`}
          domain={domain}
          change={change}
        />
      ) : (
        <DescriptionList
          items={[
            ['Name', domain.name],
            ['Email delay in minutes', domain.mailDelayMinutes],
            ['Notification addresses', listText(domain.notifyAddresses) || 'None'],
          ]}
        />
      )}
      <DescriptionList items={[['Domain ID', <code key="id">{domain.domainId}</code>]]} />
    </Card>
  );
}

/** Formats addresses as the field shows them. */
const listText = (addresses: readonly string[]): string => addresses.join(', ');

const parseList = (text: string): string[] =>
  text
    .split(/[,;\s]+/)
    .map((address) => address.trim())
    .filter((address) => address !== '');

interface EditDomainFormProps {
  readonly domain: Domain;
  readonly change: ReturnType<typeof useChangeDomain>;
}

function EditDomainForm({ domain, change }: EditDomainFormProps) {
  const [name, setName] = useState(domain.name);
  const [delay, setDelay] = useState(String(domain.mailDelayMinutes));
  const storedAddresses = listText(domain.notifyAddresses);
  const [addresses, setAddresses] = useState(storedAddresses);
  const isChanged =
    name !== domain.name || delay !== String(domain.mailDelayMinutes) || addresses !== storedAddresses;
  return (
    <SettingsForm
      values={{
        name: name.trim(),
        mailDelayMinutes: Number(delay),
        notifyAddresses: parseList(addresses),
      }}
      isChanged={isChanged}
      change={change}
      savedMessage="The domain was saved."
    >
      <TextField
        label="Name"
        description="The name of your organization, as the portal shows it."
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
      />
      <TextField
        label="Email delay in minutes"
        description="The time between the activation of a user and the first email. A delay gives you time to correct a mistake. 0 sends the email immediately."
        type="number"
        min={0}
        max={WEEK_IN_MINUTES}
        value={delay}
        onChange={setDelay}
        isRequired
      />
      <TextField
        label="Notification addresses"
        description="Up to 10 email addresses, separated by commas. They get an email 30, 7, and 1 days before a credential expires, and when it has expired."
        placeholder="it@example.com, helpdesk@example.com"
        value={addresses}
        onChange={setAddresses}
      />
    </SettingsForm>
  );
}
