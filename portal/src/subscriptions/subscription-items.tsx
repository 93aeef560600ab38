import type { Subscription } from '../api/schema';
import { Day } from '../components/display/time';
import { CONTENT_NAMES, hasSets, KINDS } from './subscription-kinds';

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
    ['Delivery', KINDS[kind].name],
    ...(endpoint === undefined ? [] : [['Endpoint', endpoint] as const]),
    ...(kind === 'setPush' ? [['Authorization header', hasAuthorization ? 'Sent' : 'None'] as const] : []),
    ['Events', types?.join(', ') ?? (hasSets(kind) ? 'All of users and groups' : 'All')],
    ['Content', CONTENT_NAMES[content]],
    ['Created', <Day key="created" at={createdAt} />],
  ] as const;
