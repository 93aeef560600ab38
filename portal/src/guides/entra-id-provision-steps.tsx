import { type Column, DataTable } from '../components/display/data-table';
import { Step } from '../provisioning/steps';

interface Mapping {
  readonly source: string;
  readonly target: string;
}

/** The mappings that the service needs. Cloud-only users have no `mail`, so the address is the user principal name. */
const MAPPINGS: readonly Mapping[] = [
  { source: 'userPrincipalName', target: 'userName' },
  { source: 'userPrincipalName', target: 'emails[type eq "work"].value' },
  { source: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")', target: 'active' },
  { source: 'displayName', target: 'displayName' },
  { source: 'givenName', target: 'name.givenName' },
  { source: 'surname', target: 'name.familyName' },
];

const COLUMNS: readonly Column<Mapping>[] = [
  { title: 'Attribute of the application', cell: ({ target }) => <code>{target}</code> },
  { title: 'Microsoft Entra ID attribute', cell: ({ source }) => <code>{source}</code> },
];

export function MappingStep() {
  return (
    <Step title="In Entra ID, check the mappings">
      <p>
        Under <b>Mappings → Provision Microsoft Entra ID Users</b>, make sure that there are these six
        mappings. Delete the others, unless you need them.
      </p>
      <DataTable
        caption="Mappings of users"
        columns={COLUMNS}
        rows={MAPPINGS}
        keyOf={({ target }) => target}
      />
      <p>
        Map <b>userPrincipalName</b>, not <b>mail</b>, to the work email address: users who exist only in the
        cloud have no <b>mail</b>. The license key is sent to this address, so it must receive email.
      </p>
      <p>
        The mapping of <b>active</b> ends licenses. If you keep <b>externalId</b>, map <b>objectId</b> to it,
        because the value of the default source can change.
      </p>
    </Step>
  );
}

export function ScopeStep() {
  return (
    <Step title="In Entra ID, choose the users">
      <p>
        Under <b>Settings → Scope</b>, choose “Sync only assigned users and groups”. Then assign users and
        groups under <b>Users and groups</b>. Begin with one user, for example yourself: each user gets a
        license and an email with the license key.
      </p>
    </Step>
  );
}

export function StartStep() {
  return (
    <Step title="In Entra ID, test one user, then start">
      <p>
        <b>Provision on demand</b> shows each step for one user. If all steps succeed, choose{' '}
        <b>Start provisioning</b>. A provisioning cycle starts every 20 to 40 minutes.
      </p>
    </Step>
  );
}
