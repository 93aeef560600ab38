import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import { ADDRESS_INDEX_REQUEST } from '../../../shared/store/table/address-keys';
import {
  CONNECTION_PREFIX,
  CREDENTIAL_PREFIX,
  domainKey,
  licensePartition,
  MAPPING_EVALUATION,
  MEMBER_PREFIX,
  resourcePartition,
  SEATS,
  TOMBSTONE,
} from '../../../shared/store/table/keys';
import { mailPartition } from '../../../shared/store/table/mail-keys';

const suffix = (partition: string) => ({ suffix: partition });
const prefix = (start: string) => ({ prefix: start });

/** The partitions of users and of groups. Page marks have keys with the same suffixes, but no version. */
const RESOURCES = [suffix(resourcePartition('', 'USER')), suffix(resourcePartition('', 'GROUP'))];

const WRITTEN_RESOURCES = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: { Keys: { pk: { S: RESOURCES } }, NewImage: { version: { N: FilterRule.exists() } } },
});

const DELETED_RESOURCES = FilterCriteria.filter({
  eventName: ['REMOVE'],
  dynamodb: { Keys: { pk: { S: RESOURCES } }, OldImage: { version: { N: FilterRule.exists() } } },
});

const LICENSES = FilterCriteria.filter({
  dynamodb: { Keys: { pk: { S: [suffix(licensePartition(''))] } } },
});

/** Matches emails that bounced. An email has an entry that is written several times before. */
const BOUNCES = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: {
    Keys: { pk: { S: [suffix(mailPartition(''))] } },
    NewImage: { status: { S: ['bounced'] } },
  },
});

/**
 * Matches items whose sort key tells what they are: domains, connections, credentials, memberships, seats,
 * counts that functions of a previous version change during a deployment, requests to index addresses, and
 * evaluations of mappings.
 */
const BY_SORT_KEY = FilterCriteria.filter({
  dynamodb: {
    Keys: {
      sk: {
        S: [
          ...[domainKey('').sk, SEATS, TOMBSTONE, ADDRESS_INDEX_REQUEST, MAPPING_EVALUATION],
          ...[CONNECTION_PREFIX, CREDENTIAL_PREFIX, MEMBER_PREFIX].map(prefix),
        ],
      },
    },
  },
});

/**
 * The changes that the dispatcher gets. By default, AWS allows five filters, so each matches more than one
 * kind of work needs. Each route ignores the rest.
 */
export const STREAM_FILTERS = [WRITTEN_RESOURCES, DELETED_RESOURCES, LICENSES, BOUNCES, BY_SORT_KEY];
