import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { Card } from '../components/display/card';
import { DescriptionList } from '../components/display/description-list';
import { SettingsForm } from '../components/controls/settings-form';
import { TextField } from '../components/controls/text-field';
import { changedValues } from '../edits/changed-values';
import { useEdits } from '../edits/use-edits';
import { useAccess } from '../session/access';
import { t } from './messages';

const WEEK_IN_MINUTES = 10_080;

/** The settings that an owner can change: the name, the email delay, and the addresses to notify. */
export function DomainForm({ domain }: { readonly domain: Domain }) {
  const { mayChange } = useAccess();
  return (
    <Card title={t('domain')}>
      {mayChange ? (
        <EditDomainForm key={domain.domainId} domain={domain} />
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

/** The texts of the fields. */
interface Fields {
  readonly name: string;
  readonly delay: string;
  readonly addresses: string;
}

const fieldsOf = ({ name, mailDelayMinutes, notifyAddresses }: Domain): Fields => ({
  name,
  delay: String(mailDelayMinutes),
  addresses: listText(notifyAddresses),
});

const valuesOf = ({ name, delay, addresses }: Fields) => ({
  name: name.trim(),
  mailDelayMinutes: Number(delay),
  notifyAddresses: parseList(addresses),
});

function EditDomainForm({ domain }: { readonly domain: Domain }) {
  const change = useChangeDomain(domain.domainId);
  const stored = fieldsOf(domain);
  const { fields, edit, drop } = useEdits(stored);
  return (
    <SettingsForm
      changes={changedValues(valuesOf(fields), valuesOf(stored))}
      change={change}
      help="portal.md#domain-and-seats-readiness"
      onSaved={drop}
      savedMessage={t('theDomainWasSaved')}
    >
      <TextField
        label={t('name')}
        description={t('nameYourOrganization')}
        value={fields.name}
        onChange={(name) => edit({ name })}
        isRequired
        maxLength={100}
      />
      <TextField
        label={t('emailDelayInMinutes')}
        description={t('timeBetweenActivationUserFirst')}
        type="number"
        min={0}
        max={WEEK_IN_MINUTES}
        value={fields.delay}
        onChange={(delay) => edit({ delay })}
        isRequired
      />
      <TextField
        label={t('notificationAddresses')}
        description={t('up10EmailAddressesSeparated')}
        placeholder="it@example.com, helpdesk@example.com"
        value={fields.addresses}
        onChange={(addresses) => edit({ addresses })}
      />
    </SettingsForm>
  );
}
