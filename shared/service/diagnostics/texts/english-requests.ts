import { pluralize } from '../../../pluralize';
import { attributeName, count, joinNames, sentBy } from './english-words';
import type { RequestTexts } from './finding-facts';

const senders = (names: readonly string[]): string => sentBy(names, joinNames);
const was = (number: number): string => (number === 1 ? 'was' : 'were');

/** The texts of the findings about requests in English. */
export const ENGLISH_REQUESTS: RequestTexts = {
  'tokens-refused': ({ requests, senders: names }) => ({
    found: `${count(requests, 'token request')} of the last 24 hours ${was(requests.number)} refused.${senders(names)}`,
    action:
      'Administrator of the identity provider: the details show which check failed. Compare the client id, the ' +
      'secret, or the trust of the connection with the settings of the identity provider.',
  }),
  'requests-refused': ({ requests, kinds, senders: names }) => ({
    found:
      `${count(requests, 'request')} of the last 24 hours ${was(requests.number)} refused as invalid: ` +
      `${joinNames(kinds.map(({ request, error }) => `${request} with ${error}`))}.${senders(names)}`,
    action:
      'Administrator of the identity provider: the details show the latest error of each client. ' +
      'Correct the attribute mapping or the data accordingly.',
  }),
  'filters-too-broad': ({ requests, kinds, senders: names }) => ({
    found:
      `${count(requests, 'list request')} of the last 24 hours ${was(requests.number)} refused because too many ` +
      `resources would have to be examined or returned: ${joinNames(kinds)}.${senders(names)}`,
    action:
      'Administrator of the identity provider: match users by userName, externalId or id, and groups by ' +
      'displayName, externalId or id. A script can page by cursor.',
  }),
  'rate-limit-reached': ({ perMinute, perTenSeconds, minutes, lastAt, mostBy }) => ({
    found:
      `The rate limit of ${perMinute} requests per minute and ${perTenSeconds} per ten seconds was reached in ` +
      `${pluralize(minutes, 'minute')} of the last hour, most recently at ${lastAt} UTC.` +
      (mostBy === undefined ? '' : ` The connection "${mostBy}" sent most of the requests.`),
    action:
      'Administrator of the identity provider: no action is necessary if it obeys Retry-After; ' +
      'provisioning only takes longer. Operator: if this continues, give the domain another rate plan.',
  }),
  'members-left-out': ({ atLeast, members, groups, groupsOfUsers, users, senders: names }) => {
    const parts = [
      ...(members > 0 ? [`${pluralize(members, 'member')} of ${pluralize(groups, 'group')}`] : []),
      ...(groupsOfUsers > 0 ? [`${pluralize(groupsOfUsers, 'group')} of ${pluralize(users, 'user')}`] : []),
    ];
    return {
      found:
        `${atLeast ? 'At least ' : ''}${parts.join(' and ')} ${was(members + groupsOfUsers)} skipped in the last ` +
        `7 days, because no resource has the id that was sent.${senders(names)}`,
      action:
        'Administrator of the identity provider: assign these users to the application in addition to ' +
        'their group, and push the group again.',
    };
  },
  'names-duplicate': ({ names }) => ({
    found:
      `${count(names, 'user or group', 'users or groups')} ${names.number === 1 ? 'has' : 'have'} the same name as ` +
      'another one in a different spelling. An earlier version of the service accepted these names.',
    action:
      'Administrator of the identity provider: rename or remove one of each pair. ' +
      'Then an operator runs `scim verify <domainId> --repair` to check again.',
  }),
  'filter-attributes-unknown': ({ attributes, atLeast, senders: names }) => ({
    found:
      `${count({ number: attributes.length, atLeast }, 'unknown attribute')} ${was(attributes.length)} used in ` +
      `filters, which match nothing: ${joinNames(attributes.map(attributeName))}.${senders(names)}`,
    action:
      'Administrator of the identity provider: correct the attribute by which users or groups are ' +
      'matched. The details suggest a similar one.',
  }),
  'attributes-ignored': ({ attributes, atLeast, senders: names }) => ({
    found:
      `${count({ number: attributes.length, atLeast }, 'attribute is', 'attributes are')} sent but not stored: ` +
      `${joinNames(attributes.map(attributeName))}.${senders(names)}`,
    action:
      'Administrator of the identity provider: remove the attribute from the mapping, or map it to one ' +
      'that /Schemas lists. If a detail has a reason, correct the value.',
  }),
};
