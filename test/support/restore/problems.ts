import { isDeepStrictEqual } from 'node:util';
import type { Prepared } from './operator';
import type { Rehearsal } from './rehearse';

/** Returns what the restored system does not do as it should, one sentence each. */
export function problemsOf(found: Rehearsal): string[] {
  const { prepared, differences, checks, emails, oldCursor, sequences } = found;
  const { formerItems, deletion, newLicenses } = found;
  const [first, again, attached] = prepared;
  const { before, feed, webhook } = sequences;
  const inactive = newLicenses.filter((each) => (each as { status?: string }).status !== 'active');
  const expectations: Record<string, boolean> = {
    'restore prepare did not turn on all features.': states(first).join() === 'turned on',
    'restore prepare restarted no feed.': (first?.restartedFeeds ?? 0) > 0,
    'restore prepare changed something when it was repeated.':
      states(again).join() === 'on' && again?.restartedFeeds === 0,
    'The stage does not use the restored table with all features.':
      states(attached).join() === 'on' && attached?.inUse === true,
    [`scim verify found ${JSON.stringify(differences)}.`]: differences.length === 0,
    [`License checks differ: ${JSON.stringify(checks)}.`]: isDeepStrictEqual(checks.before, checks.after),
    [`The restored data caused emails to ${emails.join(', ')}.`]: emails.length === 0,
    [`A reader with a cursor from before got ${oldCursor}.`]: oldCursor === 409,
    [`The sequence of a user did not continue: ${JSON.stringify(sequences)}.`]:
      before > 0 && feed > before && webhook === feed,
    [`${formerItems} items were written to the former table.`]: formerItems === 0,
    [`The restored table can be deleted: ${deletion}.`]: deletion.includes('protected against deletion'),
    [`New users have no active license: ${JSON.stringify(inactive)}.`]:
      newLicenses.length > 0 && inactive.length === 0,
  };
  return Object.entries(expectations).flatMap(([problem, holds]) => (holds ? [] : [problem]));
}

/** Returns the different states of the features. */
const states = (prepared: Prepared | undefined): string[] =>
  prepared
    ? [
        ...new Set([
          prepared.stream,
          prepared.timeToLive,
          prepared.pointInTimeRecovery,
          prepared.deletionProtection,
        ]),
      ]
    : [];
