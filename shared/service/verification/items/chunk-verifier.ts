import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../../id';
import { auditWrite, type Actor } from '../../../store/audit/audit';
import { DEPLOYMENT, domainKey, isKeyText, type ItemKey } from '../../../store/table/keys';
import { keyOf, MalformedItem, type Item } from '../../../store/table/read-item';
import type { Table } from '../../../store/table/table';
import type { Check, CheckContext, Discrepancy, Find } from './check';
import { subjectOf, type Subject } from './checks-of-item';
import { DOMAIN_CHECK, domainKeys, isBeingSwept } from './domain-checks';
import { eventMissing, RecentEvents } from './recent-events';

/**
 * The outcome of a problem. `repairable`: a repair would repair it. `manual`: nothing in the table says what
 * is right. `changed`: the repair was not made, because an item changed at the same time.
 */
export type ProblemState = 'repairable' | 'manual' | 'repaired' | 'changed';

/** A problem, as it is reported. */
export interface ItemProblem {
  /** The domain of the item, or `DEPLOYMENT`. */
  readonly domainId: string;
  readonly problem: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly found: string;
  readonly action: string;
  readonly state: ProblemState;
}

export interface ChunkVerifierOptions extends CheckContext {
  readonly table: Table;
  readonly actor: Actor;
  readonly repair: boolean;
}

/** Attempts to examine an item that changes again and again. Each change leaves it consistent. */
const ATTEMPTS = 5;

/**
 * The other items that are read at once. A user in many groups has many of them, and a part must end in time.
 */
const MAX_KEYS = 2_000;

interface Checked {
  readonly item: Item & ItemKey;
  readonly subject: Subject;
}

/** Compares items with those that they depend on, and repairs them. */
export class ChunkVerifier {
  constructor(private readonly options: ChunkVerifierOptions) {}

  /**
   * Verifies items that were read together, at least the first one, until `mustStop`, or until they need too
   * many other items. Items that look wrong are read again in one transaction, so a change in progress is not
   * reported.
   */
  async verify(
    read: readonly Checked[],
    mustStop: (problems: number) => boolean,
  ): Promise<{ problems: ItemProblem[]; last: ItemKey | undefined }> {
    const { table, now } = this.options;
    // An item that DynamoDB is about to delete may be the last one of several.
    const valid = read.filter(({ item }) => !(Number(item.ttl) <= now.getTime() / 1_000));
    const { checked, keys } = this.withChecks(valid);
    const items = await table.getAll(keys, { eventuallyConsistent: true });
    const find = findAmong(items);
    const problems: ItemProblem[] = [];
    const done: Checked[] = [];
    let last: ItemKey | undefined;
    for (const { item, subject, checks } of checked) {
      if (last && mustStop(problems.length)) break;
      for (const check of checks) {
        if (!examine(subject, check, find)) continue;
        const discrepancy = await this.confirm(item, check.id);
        if (discrepancy) problems.push(await this.report(subject.scope, item, discrepancy));
      }
      done.push({ item, subject });
      last = keyOf(item);
    }
    problems.push(...(await this.verifyEvents(done)));
    return { problems, last };
  }

  /**
   * Returns the checks of the first items, with the keys of the other items: of as many as fit, but at least
   * of one.
   */
  private withChecks(read: readonly Checked[]) {
    const checked: (Checked & { readonly checks: readonly Check[] })[] = [];
    const keys = new Map<string, ItemKey>();
    for (const { item, subject } of read) {
      const checks = this.checksOf(subject, item);
      const own = unique(checks.flatMap((check) => keysOf(subject, check)));
      const more = own.filter((key) => !keys.has(textOf(key)));
      if (checked.length > 0 && keys.size + more.length > MAX_KEYS) break;
      for (const key of more) keys.set(textOf(key), key);
      checked.push({ item, subject, checks });
    }
    return { checked, keys: [...keys.values()] };
  }

  /** Examines an item again, as it is now. */
  private async confirm(read: Item & ItemKey, id: string): Promise<Discrepancy | undefined> {
    let item = read;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const subject = subjectOf(item);
      const check = subject && this.checksOf(subject, item).find((each) => each.id === id);
      if (!check) return undefined;
      const keys = unique([keyOf(item), ...keysOf(subject, check)]);
      const items = (await this.options.table.getTogether(keys)).filter((other) => other !== undefined);
      const find = findAmong(items);
      const fresh = find(keyOf(item));
      if (!fresh) return undefined;
      if (isDeepStrictEqual({ ...fresh }, { ...item })) {
        const discrepancy = examine(subject, check, find);
        return discrepancy && !(await this.isSwept(subject.scope, discrepancy)) ? discrepancy : undefined;
      }
      item = { ...fresh, ...keyOf(item) };
    }
    return undefined;
  }

  private checksOf(subject: Subject, item: ItemKey): Check[] {
    try {
      return subject.checks(this.options);
    } catch (error) {
      if (!(error instanceof MalformedItem)) throw error;
      return [malformed(item, error.attribute)];
    }
  }

  private async isSwept(scope: string, { sweepOf }: Discrepancy): Promise<boolean> {
    if (sweepOf === undefined) return false;
    return new RecentEvents(this.options.table, scope).isSwept(sweepOf, this.options.now);
  }

  private async verifyEvents(checked: readonly Checked[]): Promise<ItemProblem[]> {
    const { table } = this.options;
    const byScope = new Map<string, (Item & ItemKey)[]>();
    for (const { item, subject } of checked)
      byScope.set(subject.scope, [...(byScope.get(subject.scope) ?? []), item]);
    const problems: ItemProblem[] = [];
    for (const [scope, items] of byScope)
      for (const key of await new RecentEvents(table, scope).missing(items, this.options))
        problems.push(await this.report(scope, key, eventMissing(key)));
    return problems;
  }

  private async report(scope: string, item: ItemKey, discrepancy: Discrepancy): Promise<ItemProblem> {
    const { problem, found, action } = discrepancy;
    return {
      ...{ domainId: scope, problem, partitionKey: item.pk, sortKey: item.sk, found, action },
      state: await this.repair(scope, discrepancy),
    };
  }

  private async repair(scope: string, discrepancy: Discrepancy): Promise<ProblemState> {
    const { table, actor, repair, now, auditRetentionDays } = this.options;
    const { problem, repair: writes, before, after } = discrepancy;
    if (!writes) return 'manual';
    if (!repair) return 'repairable';
    const isOfDeployment = scope === DEPLOYMENT || !(await table.get(domainKey(scope)));
    const event = auditWrite(
      isOfDeployment ? DEPLOYMENT : scope,
      {
        id: newId(),
        at: now.toISOString(),
        action: 'domain.updated',
        resourceId: scope,
        actor,
        changes: [
          {
            attribute: problem,
            ...(before !== undefined && { before }),
            ...(after !== undefined && { after }),
          },
        ],
      },
      auditRetentionDays,
    );
    return (await table.tryTransact([...writes, event])).length === 0 ? 'repaired' : 'changed';
  }
}

const malformed = ({ pk, sk }: ItemKey, attribute: string): Check => ({
  id: 'malformed',
  keys: [],
  examine: () => ({
    problem: 'item-malformed',
    found: `The item ${pk} / ${sk} has no valid "${attribute}".`,
    action: 'Restore the item from a backup.',
  }),
});

/** Another item that is malformed is a discrepancy of its own. */
function examine({ scope, isOfDomain }: Subject, check: Check, find: Find): Discrepancy | undefined {
  if (scope !== DEPLOYMENT) {
    if (isBeingSwept(find, scope)) return undefined;
    if (isOfDomain && check.id !== DOMAIN_CHECK && !find(domainKey(scope))) return undefined;
  }
  try {
    return check.examine(find);
  } catch (error) {
    if (error instanceof MalformedItem) return undefined;
    throw error;
  }
}

/** DynamoDB refuses other keys, so there is no item that has them. */
const keysOf = ({ scope }: Subject, { keys }: Check): ItemKey[] =>
  [...(scope === DEPLOYMENT ? [] : domainKeys(scope)), ...keys].filter(
    ({ pk, sk }) => isKeyText(sk) && Buffer.byteLength(pk) <= MAX_PARTITION_KEY_BYTES,
  );
const MAX_PARTITION_KEY_BYTES = 2_048;

const unique = (keys: readonly ItemKey[]): ItemKey[] => [
  ...new Map(keys.map((key) => [textOf(key), key])).values(),
];

function findAmong(items: readonly Item[]): Find {
  const byKey = new Map(items.map((item) => [textOf(keyOf(item)), item]));
  return (key) => byKey.get(textOf(key));
}

const textOf = ({ pk, sk }: ItemKey): string => JSON.stringify([pk, sk]);
