import type { Command } from 'commander';
import type { Cli } from '../../cli';
import type { Column } from '../../columns';
import { addCommand, addNoun } from '../../command';
import type { RestoredContent, RestoredFeatures } from '../../connection/restored-table';

interface Prepared extends RestoredFeatures, Partial<RestoredContent> {
  readonly table: string;
  /** True if the stage uses the table. Then its content is left as it is. */
  readonly inUse: boolean;
}

const PREPARED: readonly Column<Prepared>[] = [
  ['Table', ({ table }) => table],
  ['Used by the stage', ({ inUse }) => (inUse ? 'yes' : 'not yet')],
  ['Point-in-time recovery', ({ pointInTimeRecovery }) => pointInTimeRecovery],
  ['Time to live', ({ timeToLive }) => timeToLive],
  ['Deletion protection', ({ deletionProtection }) => deletionProtection],
  ['Stream', ({ stream }) => stream],
  ['Domains', ({ domains }) => domains],
  ['Feeds that begin anew', ({ restartedFeeds }) => restartedFeeds],
  ['Waiting emails', ({ waitingEmails }) => waitingEmails && sumOf(waitingEmails)],
];

/** Adds `restore prepare`. */
export function addRestoreCommands(program: Command, cli: Cli): void {
  const noun = addNoun(program, cli, 'restore', 'a table that DynamoDB has restored; needs AWS credentials');
  addCommand(noun, cli, {
    usage: 'prepare <table>',
    description:
      'turn on what DynamoDB does not restore (stream, time to live, point-in-time recovery, deletion protection), and ' +
      'prepare the events and emails, before the stage uses the table. Repeat it at any time to check them',
    examples: ['restore prepare scim-restored', 'restore prepare scim-restored --pause-emails'],
  })
    .option(
      '--pause-emails',
      'pause the emails of each domain that has waiting ones, because they may have been sent after the backup',
    )
    .action(async (table: string, { pauseEmails = false }: { pauseEmails?: boolean }) => {
      const aws = await cli.aws();
      const { tableName, auditRetentionDays } = await aws.readDeployment(cli.stage);
      const inUse = tableName === table;
      const { content, features } = await aws.prepareRestoredTable(table, {
        withContent: !inUse,
        ...(pauseEmails && { pause: { auditRetentionDays } }),
        now: cli.terminal.now(),
      });
      const prepared: Prepared = { table, inUse, ...features, ...content };
      cli.printRecord(prepared, PREPARED);
      if (inUse) return;
      const paused = Object.keys(prepared.waitingEmails ?? {});
      if (paused.length > 0)
        cli.note(
          pauseEmails
            ? `The emails of these domains are paused: ${paused.join(', ')}`
            : 'The waiting emails will be sent when the stage uses the table. To pause them, use --pause-emails.',
        );
      cli.note(
        `Add "restoredTable": "${table}" to settings/${cli.stage}.json, and deploy:`,
        `npx cdk deploy --all --import-existing-resources -c stage=${cli.stage}`,
      );
    });
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
