import { Link } from 'react-router';
import type { Connection } from '../api/schema';
import { SelectField } from '../components/controls/select-field';
import { Card } from '../components/display/card';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { connectionPath } from '../connections/connection-path';
import { ConnectionStatus } from '../connections/page/connection-status';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';
import { NewConnectionForm } from './new-connection-form';
import { type GuideConnection, NEW_CONNECTION } from './use-guide-connection';
import { t } from './messages';

interface GuideConnectionCardProps {
  readonly guide: GuideConnection;
  /** The name of a new connection, unless the user chooses another. */
  readonly defaultName: string;
}

/** Chooses or creates the connection that a guide sets up, and shows its status. */
export function GuideConnectionCard({ guide, defaultName }: GuideConnectionCardProps) {
  const { domain, mayChange } = useAccess();
  const { query, choices, selected, select } = guide;
  return (
    <>
      <ConnectionStatus connection={selected} />
      <Card
        title={t('connection')}
        description={
          selected ? t('guideShowsValuesStatusConnection') : t('createConnectionFirstOwnCredentials')
        }
        action={
          selected && (
            <Link to={connectionPath(domain.domainId, selected.connectionId)}>{t('viewTheConnection')}</Link>
          )
        }
      >
        {query.error && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={1} />}
        {choices.length > 0 && (
          <div className="form">
            <SelectField
              label={t('connection')}
              options={optionsOf(choices, mayChange)}
              value={selected?.connectionId ?? NEW_CONNECTION}
              onChange={select}
            />
          </div>
        )}
        {query.data && !selected && mayChange && (
          <NewConnectionForm
            identityProvider={guide.identityProvider}
            defaultName={defaultName}
            onCreated={select}
          />
        )}
        {query.data && !selected && !mayChange && <p>{t('askOwnerDomainCreateConnection')}</p>}
      </Card>
    </>
  );
}

const optionsOf = (choices: readonly Connection[], mayChange: boolean): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(choices.map(({ connectionId, name }) => [connectionId, visible(name)])),
  ...(mayChange && { [NEW_CONNECTION]: t('newConnection') }),
});
