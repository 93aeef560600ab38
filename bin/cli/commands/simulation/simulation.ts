import type { Command } from 'commander';
import type { Simulation } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand, addNoun } from '../../command';

const SIMULATION: readonly Column<Simulation>[] = [
  ['Simulation ID', ({ simulationId }) => simulationId],
  ['SCIM base URL', ({ scimBaseUrl }) => scimBaseUrl],
  ['Expires', ({ expireTime }) => formatTime(expireTime)],
  ['SCIM key', ({ token }) => token],
];

/** Adds `simulation …`. */
export function addSimulationCommands(program: Command, cli: Cli): void {
  const simulation = addNoun(
    program,
    cli,
    'simulation',
    'credentials of connection tests, for tools other than `simulate`',
  );

  addCommand(simulation, cli, {
    usage: 'start <domainId>',
    description:
      'create a credential that ends after ten minutes, and that can change only users and groups whose names end in ' +
      '@simulator.invalid; the credential of an earlier test of the domain ends',
    examples: ['simulation start <domainId>', 'simulation start <domainId> --json'],
    calls: ['POST /domains/{domainId}/simulations'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const started = await api.call('POST /domains/{domainId}/simulations', { path: { domainId } });
    cli.printRecord(started, SIMULATION);
    cli.note(
      '\nDelete the users and groups that you create. Then end the test:',
      `  ${cli.commandLine(`simulation end ${domainId} ${started.simulationId}`)}`,
    );
  });

  addCommand(simulation, cli, {
    usage: 'end <domainId> <simulationId>',
    description: 'revoke the credential of a connection test; takes effect immediately',
    examples: ['simulation end <domainId> <simulationId>'],
    calls: ['DELETE /domains/{domainId}/simulations/{simulationId}'],
  }).action(async (domainId: string, simulationId: string) => {
    const api = await cli.api();
    await api.call('DELETE /domains/{domainId}/simulations/{simulationId}', {
      path: { domainId, simulationId },
    });
    cli.print({ simulationId, ended: true }, () => [`The connection test ${simulationId} has ended.`]);
  });
}
