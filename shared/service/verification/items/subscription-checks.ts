import { domainKey, mappingEvaluationKey, mappingsKey, type ItemKey } from '../../../store/table/keys';
import {
  consumerAt,
  consumersStateKey,
  eventsConsumerKey,
  mappingsConsumerKey,
  subscriptionKey,
} from '../../../store/table/event-keys';
import { hasStopped, readEvaluationItem, startEvaluation } from '../../../store/mappings/mapping-items';
import { keyOf, number, type Item } from '../../../store/table/read-item';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../../../store/table/write';
import {
  isAs,
  isOlder,
  REPAIR,
  remove,
  unchanged,
  type Check,
  type ChecksOf,
  type Discrepancy,
} from './check';

/** The version makes dispatchers read the list again. */
const NEXT_VERSION: Write = { update: consumersStateKey, add: { version: 1 } };

/** The mappings of a domain, which the dispatcher must know, and the evaluation of all users. */
export const mappingsChecks: ChecksOf = (item, domainId, context) => {
  if (item.sk === mappingsKey(domainId).sk)
    return [consumerCheck(item, mappingsConsumerKey(domainId), {}, `The mappings of the domain ${domainId}`)];
  return item.sk === mappingEvaluationKey(domainId).sk ? evaluationChecks(item, domainId, context) : [];
};

/**
 * An evaluation of all users continues by a message of a queue. Nothing continues it if the message is lost.
 */
const evaluationChecks: ChecksOf = (item, domainId, context) => {
  const evaluation = readEvaluationItem(item);
  const { advancedAt, total } = evaluation;
  const key = mappingsKey(domainId);
  if (!hasStopped(evaluation, context.now)) return [];
  return [
    {
      id: 'progress',
      keys: [key],
      examine: (find) => {
        const mappings = find(key);
        if (!mappings) return undefined;
        const startedAt = context.now.toISOString();
        return {
          problem: 'evaluation-stopped',
          found: `The evaluation of all users of the domain ${domainId} has made no progress since ${advancedAt}.`,
          action: REPAIR,
          repair: [
            {
              update: keyOf(item),
              set: { ...startEvaluation({ version: number(mappings, 'version') }, total, startedAt) },
              remove: ['after'],
              condition: isAs(item, 'version', 'phase', 'after', 'done', 'startedAt'),
            },
            unchanged(mappings, 'version'),
          ],
          before: advancedAt,
        };
      },
    },
  ];
};

/**
 * A subscription, which the dispatcher must know. `scope` is a domain, or the deployment. Earlier versions
 * did not note that a product reads the feed by itself. This costs a little, but is no problem.
 */
export const subscriptionChecks: ChecksOf = (item, scope) => [
  consumerCheck(
    item,
    eventsConsumerKey(scope, item.sk),
    { full: item.content === 'full', ...(item.kind !== 'feed' && { pulls: false }) },
    `The subscription ${item.sk}`,
  ),
];

function consumerCheck(item: Item, key: ItemKey, attributes: Item, what: string): Check {
  return {
    id: 'consumer',
    keys: [key],
    examine: (find) => {
      const consumer = find(key);
      const isSame = Object.entries(attributes).every(
        ([name, value]) => (consumer?.[name] ?? false) === value,
      );
      if (consumer && isSame) return undefined;
      return {
        problem: consumer ? 'consumer-wrong' : 'consumer-missing',
        found: `${what} ${consumer ? 'does not get its events as it asks for them' : 'does not learn of changes'}.`,
        action: REPAIR,
        repair: [
          { put: { ...key, ...attributes }, condition: consumer ? ITEM_EXISTS : ITEM_IS_ABSENT },
          NEXT_VERSION,
          unchanged(item, 'version'),
        ],
        after: key.sk,
      };
    },
  };
}

/** A consumer of changes. The mappings of a domain stay one after they are removed. */
export const consumerChecks: ChecksOf = (item) => {
  const name = consumerAt(item.sk);
  if (item.sk === consumersStateKey.sk || !name) return [];
  const { scope, subscriptionId } = name;
  const key = subscriptionId === undefined ? domainKey(scope) : subscriptionKey(scope, subscriptionId);
  return [
    {
      id: 'source',
      keys: [key],
      examine: (find) =>
        find(key)
          ? undefined
          : {
              problem: 'consumer-orphaned',
              found: `The list of consumers has ${item.sk}, which does not exist.`,
              action: REPAIR,
              repair: [remove(item), NEXT_VERSION, { check: key, condition: ITEM_IS_ABSENT }],
              before: item.sk,
            },
    },
  ];
};

/** A webhook that is tried again at a time. One whose subscription was deleted is forgotten at this time. */
export const parkedChecks: ChecksOf = (item, scope, context) => {
  const subscriptionId = item.sk.slice(scope.length + 1);
  if (!isOlder(item.dueAt, context)) return [];
  const found = `A webhook waits for its next attempt, but its subscription ${subscriptionId} does not exist.`;
  return [
    subscriptionCheck(item, subscriptionKey(scope, subscriptionId), {
      problem: 'subscription-missing',
      found,
      unchanged: ['dueAt'],
    }),
  ];
};

interface MissingSubscription extends Pick<Discrepancy, 'problem' | 'found'> {
  /** The attributes of the item that must be as they were read when it is removed. */
  readonly unchanged: readonly string[];
}

/** Checks that the subscription of an item exists. A repair removes the item. */
export const subscriptionCheck = (
  item: Item & ItemKey,
  key: ItemKey,
  { problem, found, unchanged }: MissingSubscription,
): Check => ({
  id: 'subscription',
  keys: [key],
  examine: (find) =>
    find(key)
      ? undefined
      : {
          ...{ problem, found },
          action: REPAIR,
          repair: [remove(item, ...unchanged), { check: key, condition: ITEM_IS_ABSENT }],
          before: item.sk,
        },
});
