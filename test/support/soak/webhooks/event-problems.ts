import type { ChangeEvent } from '../../../../shared/events/event';
import type { EventType } from '../../../../shared/events/event-types';
import type { AuditEvent } from '../../../../shared/store/audit/audit';
import {
  historyOfAudit,
  historyOfEvents,
  historyProblems,
  sequenceProblems,
  type History,
  type LicenseWatch,
} from './history';

/** The histories that the events must match. */
export interface ExpectedEvents {
  /** The audit events of domains, in the order of their commits. */
  readonly audits: ReadonlyMap<string, readonly AuditEvent[]>;
  readonly licenses: Pick<LicenseWatch, 'historyOf'>;
  readonly domainIds: readonly string[];
  /** @default all types */
  readonly types?: readonly EventType[];
}

/** Returns a sentence for each subject whose events are not its changes in their order. */
export function eventProblems(
  name: string,
  events: readonly ChangeEvent[],
  { audits, licenses, domainIds, types }: ExpectedEvents,
): string[] {
  const isWanted = (text: string) => !types || types.some((type) => text.startsWith(type));
  const expected = new Map<string, readonly string[]>();
  for (const domainId of domainIds)
    for (const history of [historyOfAudit(audits.get(domainId) ?? []), licenses.historyOf(domainId)])
      for (const [subject, texts] of wanted(history, isWanted)) expected.set(subject, texts);
  const ofDomains = events.filter(({ domainId }) => domainIds.includes(domainId));
  return [...historyProblems(expected, historyOfEvents(ofDomains)), ...sequenceProblems(ofDomains)].map(
    (problem) => `${name}: ${problem}`,
  );
}

const wanted = (history: History, isWanted: (text: string) => boolean): [string, readonly string[]][] =>
  [...history].flatMap(([subject, texts]) => {
    const kept = texts.filter(isWanted);
    return kept.length > 0 ? [[subject, kept]] : [];
  });
