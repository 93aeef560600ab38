import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { MATCH_ROWS, PARSE_ROWS } from './filter-rows';
import { measureProtocolRow, type ProtocolFigures } from './measure';
import { MEMBER_ROWS, PATCH_ROWS, RESOURCE_ROWS } from './resource-rows';
import { ratiosOf, targetOf } from './targets';

const PROTOCOL_ROWS = [...PARSE_ROWS, ...MATCH_ROWS, ...PATCH_ROWS, ...RESOURCE_ROWS, ...MEMBER_ROWS];

/** Adds the command to the program. */
export function addProtocolCommand(program: Command): void {
  program
    .command('protocol')
    .description('measure filters, PATCH, and resources side by side with other libraries for TypeScript')
    .option('--rows <text>', 'measure only the rows whose name contains this text', '')
    .option('--milliseconds <n>', 'CPU time of each contender in each of six rounds', '200')
    .option('--json <file>', 'also write the figures to this file')
    .action(async ({ rows, milliseconds, json }: { rows: string; milliseconds: string; json?: string }) => {
      console.log(
        '| | per second | against | its speed per second | ratio | target |\n' +
          '| --- | ---: | --- | ---: | ---: | ---: |',
      );
      const figures: ProtocolFigures[] = [];
      for (const row of PROTOCOL_ROWS.filter(({ name }) => name.includes(rows))) {
        const measured = await measureProtocolRow(row, Number(milliseconds));
        for (const line of linesOf(measured)) console.log(line);
        figures.push(measured);
      }
      for (const line of [...growthOf(figures), ...floorsOf(figures)]) console.log(line);
      if (json !== undefined) writeFileSync(json, JSON.stringify(figures.map(plain), undefined, 2));
    });
}

function linesOf({ row, perSecond, peers }: ProtocolFigures): string[] {
  return peers.map(({ peer, perSecond: other }) => {
    const against = peer.note === undefined ? peer.name : `${peer.name} (${peer.note})`;
    const ratio = (perSecond / other).toFixed(2);
    const cells = [row.name, rounded(perSecond), against, rounded(other), ratio, targetOf(peer)];
    return `| ${cells.join(' | ')} |`;
  });
}

/** Says how the time per unit grows from the smallest to the largest input of each group. */
const growthOf = (figures: readonly ProtocolFigures[]): string[] =>
  ratiosOf(figures).map(
    ({ group, growth }) =>
      `\n${group}: the time per unit of the largest input is ${growth.toFixed(2)} × that of the smallest.`,
  );

/** Says which part of the time is spent on the checks that a peer leaves out. */
const floorsOf = (figures: readonly ProtocolFigures[]): string[] =>
  figures.flatMap(({ row, perSecond, floorPerSecond }) =>
    floorPerSecond === undefined
      ? []
      : [
          `\n${row.name}: the checks of the result alone take ${microseconds(floorPerSecond)} of ` +
            `${microseconds(perSecond)} µs.`,
        ],
  );

const microseconds = (perSecond: number): string => (1_000_000 / perSecond).toFixed(1);

const plain = ({ row: { group, name, size }, perSecond, peers }: ProtocolFigures): object => ({
  group,
  name,
  size,
  perSecond,
  peers: peers.map(({ peer, perSecond: other }) => ({ name: peer.name, perSecond: other })),
});

const rounded = (perSecond: number): string =>
  Number(perSecond.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 1 });
