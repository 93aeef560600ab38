import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { Step } from '../provisioning/steps';
import { Message, t } from './messages';

interface Mapping {
  readonly source: string;
  readonly target: string;
}

/**
 * The mappings that the service needs. Cloud-only users have no `mail`, so the address is the user principal
 * name.
 */
const MAPPINGS: readonly Mapping[] = [
  { source: 'userPrincipalName', target: 'userName' },
  { source: 'userPrincipalName', target: 'emails[type eq "work"].value' },
  { source: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")', target: 'active' },
  { source: 'displayName', target: 'displayName' },
  { source: 'givenName', target: 'name.givenName' },
  { source: 'surname', target: 'name.familyName' },
];

const COLUMNS: readonly Column<Mapping>[] = [
  {
    title: t('attributeOfTheApplication'),
    cell: ({ target }) => <code>{target}</code>,
    text: ({ target }) => target,
  },
  {
    title: t('microsoftEntraIdAttribute'),
    cell: ({ source }) => <code>{source}</code>,
    text: ({ source }) => source,
  },
];

export function MappingStep() {
  return (
    <Step title={t('entraIdCheckMappings')}>
      <p>
        <Message id="underMappingsProvisionMicrosoftEntra" components={{ b: <b lang="en" /> }} />
      </p>
      <DataTable
        caption={t('mappingsOfUsers')}
        exportAs={false}
        columns={COLUMNS}
        rows={MAPPINGS}
        keyOf={({ target }) => target}
      />
      <p>
        <Message id="mapUserPrincipalNameNotMailWork" components={{ b: <b lang="en" /> }} />
      </p>
      <p>
        <Message id="mappingActiveEndsLicensesKeep" components={{ b: <b lang="en" /> }} />
      </p>
    </Step>
  );
}

export function ScopeStep() {
  return (
    <Step title={t('entraIdChooseUsers')}>
      <p>
        <Message id="underSettingsScopeChooseSync" components={{ b: <b lang="en" /> }} />
      </p>
    </Step>
  );
}

export function StartStep() {
  return (
    <Step title={t('entraIdTestOneUser')}>
      <p>
        <Message id="provisionDemandShowsEachStep" components={{ b: <b lang="en" /> }} />
      </p>
    </Step>
  );
}
