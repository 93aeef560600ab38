import { newId } from '../../id';
import { auditWrite, type Actor, type AttributeChange } from '../../store/audit/audit';
import type { Write } from '../../store/table/write';
import { AddressVerifier } from '../../store/users/address-verifier';
import type { DuplicateNameNotice } from '../../store/diagnostics/diagnostic';
import { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import { ClaimVerifier, type DuplicateName } from '../../store/resources/claim-verifier';
import type { ResourceKind } from '../../store/table/keys';
import type { Table } from '../../store/table/table';

/**
 * The place at which a verification continues: after this resource, or at the first one of a kind. Stale
 * addresses come last, and `id` is then an audit event.
 */
export interface NameVerificationPosition {
  readonly kind: ResourceKind | 'ADDRESS';
  readonly id?: string;
}

/** The result of a part of a verification. */
export interface NameVerification {
  readonly checked: number;
  readonly outdated: number;
  readonly repaired: number;
  readonly duplicates: readonly Omit<DuplicateNameNotice, 'lastAt'>[];
  /** Items that find a user by an address that the user does not have. */
  readonly staleAddresses: number;
  readonly deletedAddresses: number;
  /** The place of the next part; absent at the end. */
  readonly next?: NameVerificationPosition;
}

export interface NameVerifierOptions {
  readonly actor: Actor;
  readonly auditRetentionDays: number;
  readonly now?: () => Date;
}

/** The resources of one part. A repair writes one transaction for each, which takes about 10 ms. */
const PAGE_SIZE = 100;
/** The audit events of one part. Most of them name no former address. */
const EVENTS_PAGE_SIZE = 500;

const TYPES = { USER: 'User', GROUP: 'Group' } as const;

/**
 * Verifies the name claims of a domain, part by part: first those of users, then those of groups. With
 * `repair`, it moves the claims of previous versions to the current keys, and readiness reports the
 * duplicates that remain. At the end, it looks for stale addresses, and deletes them with `repair`.
 */
export class NameVerifier {
  private readonly claims: ClaimVerifier;
  private readonly addresses: AddressVerifier;
  private readonly diagnostics: DiagnosticsStore;

  constructor(
    table: Table,
    private readonly domainId: string,
    private readonly options: NameVerifierOptions,
  ) {
    this.claims = new ClaimVerifier(table, domainId, (id, before, after) => [
      this.audit({ attribute: `nameKey of ${id}`, before, after }),
    ]);
    this.addresses = new AddressVerifier(table, domainId, (id, before) => [
      this.audit({ attribute: `address of ${id}`, before }),
    ]);
    this.diagnostics = new DiagnosticsStore(table);
  }

  async verify(
    repair: boolean,
    from: NameVerificationPosition = { kind: 'USER' },
  ): Promise<NameVerification> {
    const { kind, id } = from;
    if (kind === 'ADDRESS') return this.verifyAddresses(repair, id);
    const { next, duplicates, ...counts } = await this.claims.page(kind, PAGE_SIZE, repair, id);
    const found = duplicates.map(noticeOf);
    if (repair) await this.report({ kind, id }, found, next);
    return { ...NOTHING, ...counts, duplicates: found, next: nextPosition(kind, next) };
  }

  /** Returns the audit event of one repair. */
  private audit(change: AttributeChange): Write {
    const { actor, auditRetentionDays } = this.options;
    const { domainId } = this;
    const at = this.now().toISOString();
    const event = { id: newId(), at, action: 'domain.updated', resourceId: domainId, actor } as const;
    return auditWrite(domainId, { ...event, changes: [change] }, auditRetentionDays);
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }

  private async verifyAddresses(repair: boolean, after: string | undefined): Promise<NameVerification> {
    const { stale, deleted, next } = await this.addresses.page(EVENTS_PAGE_SIZE, repair, after);
    const position = next === undefined ? {} : { next: { kind: 'ADDRESS', id: next } as const };
    return { ...NOTHING, staleAddresses: stale, deletedAddresses: deleted, ...position };
  }

  /** Replaces the notices about the resources of this part. Ids sort, so the part is a range of ids. */
  private async report(
    { kind, id: after = '' }: { readonly kind: ResourceKind; readonly id?: string },
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

function nextPosition(kind: ResourceKind, last: string | undefined): NameVerificationPosition {
  if (last !== undefined) return { kind, id: last };
  return { kind: kind === 'USER' ? 'GROUP' : 'ADDRESS' };
}

const NOTHING = {
  ...{ checked: 0, outdated: 0, repaired: 0, duplicates: [] },
  ...{ staleAddresses: 0, deletedAddresses: 0 },
} as const;
