import type { Subscription } from '../api/schema';
import { Day } from '../components/display/time';
import { CONTENT_NAMES, hasSets, KINDS } from './subscription-kinds';
import { t } from './messages';

/** Returns the settings of a subscription for a description list. */
export const subscriptionItems = ({
  kind,
  endpoint,
  hasAuthorization,
  types,
  content,
  createdAt,
}: Subscription) =>
  [
    [t('delivery'), KINDS[kind].name],
    ...(endpoint === undefined ? [] : [[t('endpoint'), endpoint] as const]),
    ...(kind === 'setPush'
      ? [[t('authorizationHeader'), hasAuthorization ? t('sent') : t('none')] as const]
      : []),
    [t('events'), types?.join(', ') ?? (hasSets(kind) ? t('allOfUsersAndGroups') : t('all'))],
    [t('content'), CONTENT_NAMES[content]],
    [t('created'), <Day key="created" at={createdAt} />],
  ] as const;
