import type { DuplicateNameNotice } from '../../store/diagnostics/diagnostic';
import { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import { ClaimVerifier, type DuplicateName } from '../../store/resources/claim-verifier';
import type { ResourceKind } from '../../store/table/keys';
import type { Table } from '../../store/table/table';

/** The place at which a verification continues: after this resource, or at the first one of a kind. */
export interface VerificationPosition {
  readonly kind: ResourceKind;
  readonly id?: string;
}

/** The result of a part of a verification. */
export interface NameVerification {
  readonly checked: number;
  readonly outdated: number;
  readonly repaired: number;
  readonly duplicates: readonly Omit<DuplicateNameNotice, 'lastAt'>[];
  /** The place of the next part; absent at the end. */
  readonly next?: VerificationPosition;
}

/** The resources of one part. A repair writes one transaction for each, which takes about 10 ms. */
const PAGE_SIZE = 100;

const TYPES = { USER: 'User', GROUP: 'Group' } as const;

/**
 * Verifies the name claims of a domain, part by part: first those of users, then those of groups. With `repair`, it
 * moves the claims of previous versions to the current keys, and readiness reports the duplicates that remain.
 */
export class NameVerifier {
  private readonly claims: ClaimVerifier;
  private readonly diagnostics: DiagnosticsStore;

  constructor(
    table: Table,
    private readonly domainId: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.claims = new ClaimVerifier(table, domainId);
    this.diagnostics = new DiagnosticsStore(table);
  }

  async verify(repair: boolean, from: VerificationPosition = { kind: 'USER' }): Promise<NameVerification> {
    const { next, duplicates, ...counts } = await this.claims.page(from.kind, PAGE_SIZE, repair, from.id);
    const found = duplicates.map(noticeOf);
    if (repair) await this.report(from, found, next);
    const position = nextPosition(from.kind, next);
    return { ...counts, duplicates: found, ...(position && { next: position }) };
  }

  /** Replaces the notices about the resources of this part. Ids sort, so the part is a range of ids. */
  private async report(
    { kind, id: after = '' }: VerificationPosition,
    found: NameVerification['duplicates'],
    last: string | undefined,
  ): Promise<void> {
    const { domainId, diagnostics } = this;
    const remaining = new Set(found.map(({ resourceId }) => resourceId));
    const { entries } = await diagnostics.duplicateNames(domainId);
    const outdated = entries.filter(
      ({ resourceType, resourceId }) =>
        resourceType === TYPES[kind] &&
        resourceId > after &&
        (last === undefined || resourceId <= last) &&
        !remaining.has(resourceId),
    );
    for (const notice of outdated) await diagnostics.removeDuplicateName(domainId, notice);
    for (const notice of found) await diagnostics.recordDuplicateName(domainId, notice, this.now());
  }
}

const noticeOf = ({ kind, id, name, otherId }: DuplicateName): Omit<DuplicateNameNotice, 'lastAt'> => ({
  resourceType: TYPES[kind],
  resourceId: id,
  name,
  otherId,
});

function nextPosition(kind: ResourceKind, last: string | undefined): VerificationPosition | undefined {
  if (last !== undefined) return { kind, id: last };
  return kind === 'USER' ? { kind: 'GROUP' } : undefined;
}
