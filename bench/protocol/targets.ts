import type { ProtocolFigures } from './measure';
import type { Peer, ProtocolRow } from './row';

/**
 * The smallest ratios of the service's speed to that of each peer. `scim-patch` validates nothing, so the
 * command also shows how long the validation alone takes.
 */
const TARGETS: Readonly<Record<Peer['name'], number>> = {
  scimmy: 5,
  'scim2-parse-filter': 1.5,
  'scim-patch': 1,
};

/** Returns the smallest ratio that a row should have. */
export const targetOf = ({ name }: Peer): number => TARGETS[name];

/** The growth of the time per unit in the rows of one group. */
export interface Growth {
  readonly group: ProtocolRow['group'];
  readonly growth: number;
}

/** Returns the growth of each group with several sizes, from the smallest to the largest input. */
export function ratiosOf(figures: readonly ProtocolFigures[]): Growth[] {
  const groups = new Set(figures.map(({ row }) => row.group));
  return [...groups].flatMap((group) => {
    const rows = figures
      .filter(({ row }) => row.group === group)
      .sort((one, other) => one.row.size - other.row.size);
    const [smallest, largest] = [rows[0], rows.at(-1)];
    if (!smallest || !largest || smallest.row.size === largest.row.size) return [];
    return [{ group, growth: timePerUnit(largest) / timePerUnit(smallest) }];
  });
}

const timePerUnit = ({ row, perSecond }: ProtocolFigures): number => 1 / (perSecond * row.size);
