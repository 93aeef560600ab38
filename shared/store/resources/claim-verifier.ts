import { nameKeyOf } from '../../scim/text/name-key';
import { claimKey, isKeyText, resourceKey, type ResourceKind } from '../table/keys';
import { keyOf, text } from '../table/read-item';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import { nameOf, storedNameKey, type ResourceRecord } from './resource-record';
import { ResourceStore } from './resource-store';

/** A resource whose current name key another resource has. A previous version let both exist. */
export interface DuplicateName {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly name: string;
  /** The resource that has the key. */
  readonly otherId: string;
}

/** The claims of some resources of one kind. */
export interface VerifiedClaims {
  readonly checked: number;
  /** The resources whose claim is missing, or has the key of a previous version. */
  readonly outdated: number;
  /** The number of them that were repaired. A resource that changes at the same time repairs itself. */
  readonly repaired: number;
  readonly duplicates: readonly DuplicateName[];
  /** The id after which the next page begins; absent at the end. */
  readonly next?: string;
}

/**
 * Compares the name claims of a domain's resources with their names, and moves those of previous versions to
 * the current keys. It may stop after any page, start again, and run twice at the same time.
 */
export class ClaimVerifier {
  /** `audit` returns the write of the audit event of a repair. */
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly audit: (id: string, before: string, after: string) => readonly Write[],
  ) {}

  /** Verifies at most `limit` resources after the id `after`. Writes nothing unless `repair`. */
  async page(kind: ResourceKind, limit: number, repair: boolean, after?: string): Promise<VerifiedClaims> {
    const { records, next } = await new ResourceStore(this.table, this.domainId, kind).page(limit, after);
    const owners = await this.ownersOf(kind, records);
    const duplicates: DuplicateName[] = [];
    let outdated = 0;
    let repaired = 0;
    for (const record of records) {
      const key = wantedKey(kind, record);
      const owner = owners.get(key);
      if (owner !== undefined && owner !== record.id) {
        duplicates.push({ kind, id: record.id, name: nameOf(kind, record.attributes), otherId: owner });
      } else if (owner === undefined || record.nameKey !== key) {
        outdated++;
        if (repair && (await this.moveClaim(kind, record, key))) repaired++;
        // Others of this page with the same key are duplicates.
        owners.set(key, record.id);
      }
    }
    return { checked: records.length, outdated, repaired, duplicates, ...(next !== undefined && { next }) };
  }

  /** Returns the owners of the claims that the resources should have, by key. */
  private async ownersOf(
    kind: ResourceKind,
    records: readonly ResourceRecord[],
  ): Promise<Map<string, string>> {
    const keys = new Set(records.map((record) => wantedKey(kind, record)));
    const byPartition = new Map([...keys].map((key) => [claimKey(this.domainId, kind, key).pk, key]));
    const claims = await this.table.getAll([...keys].map((key) => claimKey(this.domainId, kind, key)));
    return new Map(claims.map((claim) => [byPartition.get(keyOf(claim).pk) ?? '', text(claim, 'ownerId')]));
  }

  /**
   * Moves a claim in one transaction with the key in the item. The version stays, because nothing changes for
   * clients. Returns false if another request has changed the resource or claimed the key in the meantime.
   */
  private async moveClaim(kind: ResourceKind, record: ResourceRecord, key: string): Promise<boolean> {
    const { id, nameKey } = record;
    const stored = storedNameKey(kind, record);
    const isOwn = { expression: 'attribute_not_exists(pk) OR ownerId = :id', values: { id } };
    const isUnchanged =
      nameKey === undefined
        ? { expression: 'attribute_exists(pk) AND attribute_not_exists(nameKey)' }
        : { expression: '#nameKey = :claimed', values: { claimed: nameKey } };
    const writes: Write[] = [
      { update: resourceKey(this.domainId, kind, id), set: { nameKey: key }, condition: isUnchanged },
      { put: { ...claimKey(this.domainId, kind, key), ownerId: id }, condition: isOwn },
      ...(stored === key ? [] : [await this.release(kind, id, stored)]),
      ...this.audit(id, stored, key),
    ];
    return (await this.table.tryTransact(writes)).length === 0;
  }

  /** Returns the write that deletes the stored claim of a resource. If another resource owns it, it stays. */
  private async release(kind: ResourceKind, id: string, stored: string): Promise<Write> {
    const key = claimKey(this.domainId, kind, stored);
    const owner = (await this.table.get(key))?.ownerId;
    return owner === undefined || owner === id
      ? {
          delete: key,
          condition: { expression: 'attribute_not_exists(pk) OR ownerId = :id', values: { id } },
        }
      : { check: key, condition: { expression: 'ownerId = :owner', values: { owner } } };
  }
}

/** An old name keeps its key if the current one would be empty or too long. */
function wantedKey(kind: ResourceKind, record: ResourceRecord): string {
  const key = nameKeyOf(nameOf(kind, record.attributes));
  return isKeyText(key) ? key : storedNameKey(kind, record);
}
