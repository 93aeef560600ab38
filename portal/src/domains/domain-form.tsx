import { useState } from 'react';
import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { SettingsForm } from '../components/controls/settings-form';
import { TextField } from '../components/controls/text-field';
import { useAccess } from '../session/access';
import { t } from './messages';

const WEEK_IN_MINUTES = 10_080;

/** The settings that an owner can change: the name, the email delay, and the addresses to notify. */
export function DomainForm({ domain }: { readonly domain: Domain }) {
  const { mayChange } = useAccess();
  // This state is not in the form, because React creates a new form after each change of the domain.
  const change = useChangeDomain(domain.domainId);
  return (
    <Card title={t('domain')}>
      {mayChange ? (
        <EditDomainForm
          key={`${domain.name}/${domain.mailDelayMinutes}/${listText(domain.notifyAddresses)}`}
          domain={domain}
          change={change}
        />
      ) : (
        <DescriptionList
          items={[
            [t('name'), domain.name],
            [t('emailDelayInMinutes'), domain.mailDelayMinutes],
            [t('notificationAddresses'), listText(domain.notifyAddresses) || t('none')],
          ]}
        />
      )}
      <DescriptionList items={[[t('domainId'), <code key="id">{domain.domainId}</code>]]} />
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
      savedMessage={t('theDomainWasSaved')}
    >
      <TextField
        label={t('name')}
        description={t('nameYourOrganization')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
      />
      <TextField
        label={t('emailDelayInMinutes')}
        description={t('timeBetweenActivationUserFirst')}
        type="number"
        min={0}
        max={WEEK_IN_MINUTES}
        value={delay}
        onChange={setDelay}
        isRequired
      />
      <TextField
        label={t('notificationAddresses')}
        description={t('up10EmailAddressesSeparated')}
        placeholder="it@example.com, helpdesk@example.com"
        value={addresses}
        onChange={setAddresses}
      />
    </SettingsForm>
  );
}
