import { DEPLOYMENT, DOMAIN_LIST_PARTITION, domainPartition, type ItemKey } from '../../../store/table/keys';
import { CHANGE_CONSUMERS_PARTITION, consumerAt, domainOfPartition } from '../../../store/table/event-keys';
import type { Item } from '../../../store/table/read-item';
import { isSimulated } from '../../../scim/text/simulated-name';
import { readResourceItem } from '../../../store/resources/resource-record';
import { PARKED_PARTITION } from '../../../store/webhooks/webhook-keys';
import {
  administratorChecks,
  invitedChecks,
  mappedAdministratorChecks,
  roleChecks,
  scopeOfRole,
} from './administrator-checks';
import { stringOf, type Check, type CheckContext, type ChecksOf } from './check';
import { countsChecks } from './counts-checks';
import { domainCheck, domainListChecks, idsCheck, ofDomainChecks } from './domain-checks';
import { licenseChecks, licenseKeyChecks, licenseOfUserCheck } from './license-checks';
import { mailChecks, outboxChecks } from './mail-checks';
import { managedUserCheck, managedUserChecks } from './managed-user-checks';
import { membershipChecks } from './membership-checks';
import { deliveryChecks, mappedGroupChecks, suppressedUserChecks } from './orphan-checks';
import { addressChecks, claimChecks, groupChecks, groupHeadChecks, userChecks } from './resource-checks';
import { consumerChecks, mappingsChecks, parkedChecks, subscriptionChecks } from './subscription-checks';

/** The checks of the items in a partition of a domain, or of the deployment, by what follows the id. */
const OF_SCOPE: Readonly<Record<string, ChecksOf>> = {
  USER: (item, domainId, context) => [
    ...userChecks(item, domainId, context),
    // A user of a connection test has no license.
    ...(isSimulated(readResourceItem(item).attributes, 'USER') ? [] : [licenseOfUserCheck(domainId, item)]),
    managedUserCheck(item, domainId),
  ],
  GROUP: groupChecks,
  'GROUP#': membershipChecks,
  'HEAD#': groupHeadChecks,
  'NAME#': claimChecks,
  EMAIL: addressChecks,
  'EMAIL#': addressChecks,
  MANAGED: managedUserChecks,
  LICENSE: licenseChecks,
  MAIL: mailChecks,
  OUTBOX: outboxChecks,
  'SUPPRESSED-USERS': suppressedUserChecks,
  MAPPINGS: (...subject) => [...mappingsChecks(...subject), ...mappedGroupChecks(...subject)],
  SUBSCRIPTIONS: subscriptionChecks,
  WEBHOOK: deliveryChecks,
  'WEBHOOK-RETRY': deliveryChecks,
  'WEBHOOK-DEAD': deliveryChecks,
  'WEBHOOK-SETS': deliveryChecks,
  ADMINISTRATORS: administratorChecks,
  COUNTS: countsChecks,
  'MAPPED-ADMINISTRATORS': mappedAdministratorChecks,
};

/** An item that is checked, with the domain to which it belongs by its key; or the deployment. */
export interface Subject {
  readonly scope: string;
  /** True if the item is in a partition of its domain. */
  readonly isOfDomain?: true;
  readonly checks: (context: CheckContext) => Check[];
}

/** Returns what an item is, by its key; undefined if it is not checked. */
export function subjectOf(item: Item & ItemKey): Subject | undefined {
  const { pk } = item;
  const domainId = domainOfPartition(pk);
  if (domainId !== undefined)
    return {
      scope: domainId,
      isOfDomain: true,
      checks: (context) => [
        ...domainCheck(item, domainId),
        ...idsCheck(item, domainId),
        ...checksAt(item, domainId)(item, domainId, context),
      ],
    };
  const [scope, checks] = ofDeployment(item);
  return scope === undefined ? undefined : { scope, checks: (context) => checks(item, scope, context) };
}

function checksAt({ pk }: ItemKey, scope: string): ChecksOf {
  if (pk === domainPartition(scope)) return ofDomainChecks;
  const [, kind = '', ...rest] = pk.split('#');
  return OF_SCOPE[rest.length > 0 ? `${kind}#` : kind] ?? NOTHING;
}

const NOTHING: ChecksOf = () => [];

/** Returns the scope of an item in a partition of all domains, with its checks. */
function ofDeployment(item: Item & ItemKey): readonly [string | undefined, ChecksOf] {
  const { pk, sk } = item;
  const [first = '', second = ''] = pk.split('#');
  switch (first) {
    case DEPLOYMENT:
      return [DEPLOYMENT, checksAt(item, DEPLOYMENT)];
    case DOMAIN_LIST_PARTITION:
      return [sk, domainListChecks];
    case CHANGE_CONSUMERS_PARTITION:
      return [consumerAt(sk)?.scope, consumerChecks];
    case PARKED_PARTITION:
      return [sk.split('#')[0], parkedChecks];
    case 'LICENSEKEY':
      return [stringOf(item.domainId), licenseKeyChecks];
    case 'ADMINISTRATOR':
      return [scopeOfRole(sk), roleChecks];
    case 'INVITED':
      return second.startsWith('SENDS') ? [undefined, NOTHING] : [sk.split('#')[0], invitedChecks];
    default:
      return [undefined, NOTHING];
  }
}
