import { pluralize } from '../../../pluralize';
import { ENGLISH_REQUESTS } from './english-requests';
import { count, isScimKey, joinNames, nameOf, nounOf } from './english-words';
import type { FindingFacts, FindingTexts } from './finding-facts';

const FREE_SEATS =
  'Owner of the domain: deactivate users who no longer need a license, or ask the operator for more seats.';

const MANUAL_USERS = 'Owner of the domain: do this in the portal for users who are managed manually.';

const taken = ({ active, seats }: FindingFacts['seats-gone']): string =>
  `${active} of ${pluralize(seats, 'seat')} ${active === 1 ? 'is' : 'are'} taken`;

const replacement = (type: FindingFacts['key-expired']['type']): string =>
  isScimKey(type)
    ? 'generate a new key, put it into the connection at the identity provider'
    : 'add a new credential of this type to the connection, enter it at the identity provider';

const subscriptionsHave = (names: readonly string[]): string =>
  pluralize(names.length, 'subscription has', 'subscriptions have');

/** The texts of all findings in English. */
export const ENGLISH: FindingTexts = {
  ...ENGLISH_REQUESTS,
  'scim-unavailable': ({ contactText = 'Ask the operator of the service to make it available.' }) => ({
    found: 'SCIM is not available to this domain, so all requests of its identity provider are refused.',
    action: `Owner of the domain: ${contactText}`,
  }),
  'sender-unverified': ({ identity }) => ({
    found: `Amazon SES has not verified ${identity}, the sender of license emails, so it accepts none of them.`,
    action: identity.includes('@')
      ? `Operator: confirm the email that SES sent to ${identity}, or create its identity in SES.`
      : `Operator: create the CNAME records by which SES verifies ${identity}. ` +
        'They are outputs of the stack ScimLicenses.',
  }),
  'sending-paused': () => ({
    found:
      'Sending is paused for the whole SES account. License emails wait, and are abandoned after one day.',
    action:
      'Operator: find out in the SES console why sending was paused, fix the cause, and request that ' +
      'sending is resumed.',
  }),
  'sender-sandbox': () => ({
    found:
      'The SES account is in the sandbox, so license emails reach only addresses that are verified with SES.',
    action: 'Operator: request production access for SES in this region.',
  }),
  'sender-unknown': () => ({
    found: 'The request to Amazon SES for the status of the sender failed.',
    action:
      'Operator: find the cause in the log of the function that checks readiness. License emails may still ' +
      'be sent.',
  }),
  'emails-paused': () => ({
    found:
      'An operator has paused the emails of this domain. License emails and reminders of SCIM keys wait.',
    action:
      'Operator: fix the cause, then resume the emails (domain resume-mail). Each user then gets one email with the ' +
      'current state of the license.',
  }),
  'email-limit-reached': ({ limit }) => ({
    found: `The domain has reached its limit of ${limit} emails per hour, so emails are sent later.`,
    action:
      'Operator: find out whether the domain imports many users. If so, raise its limit (domain update --mails-per-hour), ' +
      'or wait. If the emails are unwanted, pause them (domain pause-mail), and revoke the SCIM key that causes them.',
  }),
  'key-missing': ({ scope, noun, revoked }) => {
    const short = noun === 'SCIM key' ? 'key' : noun;
    const withoutProvider =
      scope === 'domain' ? ' If the domain has no identity provider, disable SCIM.' : '';
    return {
      found:
        revoked === 0
          ? `The ${scope} has no ${noun}.`
          : `The ${scope} has no ${noun} that works: ${pluralize(revoked, `${short} was`, `${short}s were`)} revoked.`,
      action:
        noun === 'SCIM key'
          ? `Owner of the domain: generate a SCIM key and put it into the connection at the identity provider.${withoutProvider}`
          : `Owner of the domain: add a SCIM key, a client secret, or a trust, and enter it at the identity provider.${withoutProvider}`,
    };
  },
  'key-expired': ({ type, credentials, isReplaced }) => {
    const isOne = credentials.length === 1;
    const short = isScimKey(type) ? 'key' : 'credential';
    const names = joinNames(credentials.map((each) => nameOf(each, each.day ?? '')));
    const expiry = `The ${nounOf(type, credentials.length)} ${names} ${isOne ? 'has' : 'have'} expired`;
    const expired = `the expired ${short}${isOne ? '' : 's'}`;
    return isReplaced
      ? {
          found: `${expiry}, and another ${short} is in use.`,
          action: `Owner of the domain: revoke ${expired}, so that ${isOne ? 'it is' : 'they are'} no longer reported.`,
        }
      : {
          found: `${expiry}, and no other ${short} has been used since.`,
          action: `Owner of the domain: ${replacement(type)}, and revoke ${expired}.`,
        };
  },
  'key-expires-soon': ({ type, credentials, withinDays, nearestDays }) => {
    const { length } = credentials;
    const isOne = length === 1;
    return {
      found:
        `${length} ${nounOf(type, length)} ${isOne ? 'expires' : 'expire'} within ${withinDays} days: ` +
        `${joinNames(credentials.map((each) => nameOf(each, each.day ?? '')))}. ` +
        `${isOne ? 'It' : 'The first one'} expires in ${pluralize(nearestDays, 'day')}.`,
      action: `Owner of the domain: ${replacement(type)}, and revoke the old ${isOne ? 'one before it expires' : 'ones before they expire'}.`,
    };
  },
  'credential-creator-gone': ({ credentials, subscriptions, items }) => ({
    found:
      `${[
        ...(credentials > 0 ? [pluralize(credentials, 'credential')] : []),
        ...(subscriptions > 0 ? [pluralize(subscriptions, 'subscription')] : []),
      ].join(' and ')} ${items.length === 1 ? 'was' : 'were'} created by people who are no longer owners: ` +
      `${joinNames(items.map(({ name, createdBy }) => `"${name}" (${createdBy})`))}.`,
    action:
      'Owner of the domain: they may still know the secrets. Replace each credential at the identity provider, then revoke it. ' +
      'Replace the token, the secrets, or the endpoint of each subscription, or delete it. Check that the endpoint is yours.',
  }),
  'key-unused': ({ type, credentials, sinceDays }) => {
    const { length } = credentials;
    const isOne = length === 1;
    const names = credentials.map((each) =>
      nameOf(each, each.day === undefined ? 'never' : `last on ${each.day}`),
    );
    const unused = isOne ? 'it if it is not needed' : 'those that are not needed';
    return {
      found:
        `${length} ${nounOf(type, length)} ${isOne ? 'was' : 'were'} never used, or not for ${sinceDays} days: ` +
        `${joinNames(names)}.`,
      action: isScimKey(type)
        ? `Owner of the domain: put the ${isOne ? 'key into the connection' : 'keys into the connections'} at the identity provider, or revoke ${unused}.`
        : `Owner of the domain: enter the credential${isOne ? '' : 's'} at the identity provider, or revoke ${unused}.`,
    };
  },
  'seats-gone': (facts) => ({
    found: `${taken(facts)}. ${
      facts.policy === 'wait' ? 'New users get no license until a seat is free.' : 'New users are refused.'
    }`,
    action: FREE_SEATS,
  }),
  'seats-almost-gone': (facts) => {
    const left = facts.seats - facts.active;
    const next = facts.policy === 'wait' ? 'new users must wait' : 'new users are refused';
    return {
      found: `${taken(facts)}, and ${left} ${left === 1 ? 'is' : 'are'} left. After that, ${next}.`,
      action: FREE_SEATS,
    };
  },
  'licenses-pending': ({ waiting, since }) => ({
    found:
      `${pluralize(waiting, 'user is waiting', 'users are waiting')} for a seat` +
      `${since === undefined ? '' : `, the first since ${since}`}. ` +
      'They have no license, and no email was sent to them.',
    action: `${FREE_SEATS} Free seats go automatically to the users who have waited longest.`,
  }),
  'administrators-limit-reached': ({ administrators }) => ({
    found:
      `Mappings make ${administrators} users administrators, which is the limit. Further users whom the mappings match ` +
      'have no role in the portal.',
    action:
      'Owner of the domain: map a smaller group or another role to administrators, and save the mappings. Then all users ' +
      'are evaluated again.',
  }),
  'addresses-missing': ({ users, names }) => ({
    found:
      `${count(users, 'active user has', 'active users have')} no email address, so their license keys wait: ` +
      `${joinNames(names)}.`,
    action:
      'Administrator of the identity provider: add an address to each user who needs a license key. The key is then ' +
      `emailed. Do nothing for service accounts. ${MANUAL_USERS}`,
  }),
  'addresses-undeliverable': ({ addresses }) => ({
    found:
      `${pluralize(addresses.length, 'user has an address', 'users have addresses')} to which no email can be sent: ` +
      `${joinNames(addresses)}.`,
    action:
      'Administrator of the identity provider: correct the address. A key that was not emailed before is then ' +
      `emailed. ${MANUAL_USERS}`,
  }),
  'addresses-bounced': ({ addresses, atLeast, complaints, places }) => {
    const bounced = addresses.length - complaints;
    const parts = [
      ...(bounced > 0 ? [`${bounced} bounced`] : []),
      ...(complaints > 0 ? [`${complaints} complained about an email`] : []),
    ];
    const where = [
      ...(places.users ? ['at the identity provider (in the portal if the user is managed manually)'] : []),
      ...(places.notifications ? ['in the notification addresses of the domain'] : []),
    ];
    return {
      found:
        `${count({ number: addresses.length, atLeast }, 'address gets', 'addresses get')} no more emails ` +
        `(${parts.join(', ')}): ${joinNames(addresses)}.`,
      action:
        'Owner of the domain: find out whether the mailbox exists. If not, have the address corrected ' +
        `${where.join(' or ')}. Then allow emails to the address.`,
    };
  },
  'webhook-dead-letters': ({ names }) => ({
    found: `${subscriptionsHave(names)} events that were not accepted for 24 hours: ${names.join(', ')}.`,
    action: 'Owner of the domain: fix the endpoint, and replay its dead letters within 30 days.',
  }),
  'webhook-events-skipped': ({ names }) => ({
    found:
      `${subscriptionsHave(names)} events that expired after 30 days, before they were delivered: ` +
      `${names.join(', ')}.`,
    action:
      'Owner of the domain: let the receiver read all users, groups, and licenses again. Events of this time are missing.',
  }),
  'webhooks-failing': ({ names }) => ({
    found: `${subscriptionsHave(names)} accepted no event for more than 15 minutes: ${names.join(', ')}.`,
    action:
      'Owner of the domain: fix the endpoint, and send a test event. The events wait for 24 hours. Pause or delete a ' +
      'subscription that is no longer used. Operator: check the event bus if a subscription of the kind eventBridge fails.',
  }),
  'users-managed-by-hand': ({ users, moreThan }) => {
    const number = moreThan ? `More than ${users} users` : pluralize(users, 'user');
    const isOne = users === 1;
    return {
      found:
        `${number} ${isOne ? 'is' : 'are'} managed manually, and no connection has taken over ` +
        `${isOne ? 'this user' : 'these users'}.`,
      action:
        'Owner of the domain: assign these people to the application in the identity provider, with the same userName. Its ' +
        'next synchronization takes them over. Deactivate those who have left, because the identity provider does not.',
    };
  },
};
