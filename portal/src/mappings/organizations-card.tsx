import { useState } from 'react';
import type { Organization } from '../api/schema';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { visible } from '../format/visible';
import { type MappingDraft, putOrganization, removeOrganization } from './mapping-draft';
import { OrganizationDialog } from './organization-dialog';
import { t } from './messages';

interface OrganizationsCardProps {
  readonly draft: MappingDraft;
  readonly vendorOrganizations: readonly Organization[];
  readonly mayChange: boolean;
  readonly onChange: (draft: MappingDraft) => void;
}

type Row = Organization & { readonly isVendors: boolean };

/**
 * Lists the organizations that mappings can give: those of the vendor, and those that the domain declares.
 */
export function OrganizationsCard(props: OrganizationsCardProps) {
  const { draft, vendorOrganizations, mayChange, onChange } = props;
  const [opened, setOpened] = useState<Organization | 'new'>();
  const rows: readonly Row[] = [
    ...vendorOrganizations.map((each) => ({ ...each, isVendors: true })),
    ...draft.organizations.map((each) => ({ ...each, isVendors: false })),
  ];
  const isUsed = (name: string) =>
    draft.mappings.some(({ to }) => to.kind === 'organization' && to.organization === name);
  const actions: Column<Row> = {
    title: t('actions'),
    isTitleHidden: true,
    align: 'end',
    cell: (row) =>
      row.isVendors ? (
        <span className="subtle">{t('fromTheVendor')}</span>
      ) : (
        <div className="button-row">
          <Button
            variant="quiet"
            aria-label={t('editName', { name: row.name })}
            onPress={() => setOpened(row)}
          >
            {t('edit')}
          </Button>
          <Button
            variant="quiet"
            aria-label={t('removeName', { name: row.name })}
            isDisabled={isUsed(row.name)}
            onPress={() => onChange(removeOrganization(draft, row.name))}
          >
            {t('remove')}
          </Button>
        </div>
      ),
  };
  return (
    <Card
      title={t('organizations')}
      aside={<span className="count">{rows.length}</span>}
      description={t('organizationsProductTheirRolesMappings')}
      action={
        mayChange && (
          <Button icon="plus" onPress={() => setOpened('new')}>
            {t('addOrganization')}
          </Button>
        )
      }
    >
      {rows.length === 0 && <p className="subtle">{t('noOrganizations')}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={t('organizations')}
          columns={mayChange ? [...COLUMNS, actions] : COLUMNS}
          rows={rows}
          keyOf={({ name, isVendors }) => `${isVendors} ${name}`}
        />
      )}
      {opened && (
        <OrganizationDialog
          organization={opened === 'new' ? undefined : opened}
          otherNames={rows.map(({ name }) => name).filter((name) => opened === 'new' || name !== opened.name)}
          onDone={(organization) => {
            onChange(putOrganization(draft, organization, opened === 'new' ? undefined : opened.name));
            setOpened(undefined);
          }}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  { title: t('organization'), cell: ({ name }) => visible(name) },
  { title: t('roles'), cell: ({ roles }) => visible(roles.join(', ')) },
];
