import { type Command, Option } from 'commander';
import type { ChangeEvent, EventContent } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { wholeNumber } from '../../options/numbers';
import { addScope } from './scope-option';

const CONTENTS: readonly EventContent[] = ['notice', 'full'];

const EVENT: readonly Column<ChangeEvent>[] = [
  ['Time', ({ time }) => formatTime(time)],
  ['Type', ({ type }) => type],
  ['Subject', ({ subject: { type, id } }) => `${type} ${id}`],
  ['Sequence', ({ sequence }) => sequence],
  ['Actor', ({ actor: { kind, name, id } }) => name ?? id ?? kind],
];

interface EventOptions {
  readonly domain?: string;
  readonly after?: string;
  readonly since?: string;
  readonly types?: string;
  readonly content?: EventContent;
  readonly limit?: number;
}

/** Adds `event …`. */
export function addEventCommands(program: Command, cli: Cli): void {
  const event = addNoun(program, cli, 'event', 'events of changes, which subscriptions deliver');

  addScope(
    addCommand(event, cli, {
      usage: 'list',
      description: 'list the recorded events of a domain or of the deployment, oldest first',
      examples: [
        'event list --domain <domainId>',
        'event list --domain <domainId> --types license.ended --since 2026-01-31T12:00:00Z',
        'event list --limit 100 --json',
      ],
      calls: ['GET /domains/{domainId}/events', 'GET /events'],
    }),
  )
    .option('--after <cursor>', 'continue after this cursor, the `next` of the previous page')
    .option('--since <time>', 'begin with the events that were recorded at this time or later')
    .option('--types <types>', 'types of events, separated by commas')
    .addOption(
      new Option('--content <content>', 'ids only, or also resources before and after').choices(CONTENTS),
    )
    .option('--limit <count>', 'the maximum number of events, up to 100', wholeNumber(1))
    .action(async ({ domain: domainId, ...query }: EventOptions) => {
      const api = await cli.api();
      const page = domainId
        ? await api.call('GET /domains/{domainId}/events', { path: { domainId }, query })
        : await api.call('GET /events', { query });
      cli.print(page, () => [
        ...(page.items.length === 0
          ? ['There are no such events. Events are recorded while there is a subscription.']
          : cli.tableLines(page.items, EVENT)),
        '',
        `Continue with --after ${page.next}${page.more ? '' : ' when there are more events'}.`,
      ]);
    });

  addCommand(event, cli, {
    usage: 'types',
    description: 'list the types of events; with --json, also their JSON schemas',
    examples: ['event types', 'event types --json'],
    calls: ['GET /event-types'],
  }).action(async () => {
    const api = await cli.api();
    const { items } = await api.call('GET /event-types', {});
    cli.printTable(
      items,
      [
        ['Type', ({ type }) => type],
        ['Description', ({ description }) => description],
      ],
      '',
    );
  });
}
