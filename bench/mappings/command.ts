import type { Command } from 'commander';
import { withLocalSystem } from '../local-system';
import { type EvaluationFigures, measureEvaluation } from './measure';

/** Adds the command to the program. */
export function addMappingsCommand(program: Command): void {
  program
    .command('mappings')
    .description(
      'evaluate all members of one group after a change of the mappings, with one kill of the function',
    )
    .option('--users <n>', 'members of the group', '100000')
    .action(async ({ users }: { users: string }) => {
      await withLocalSystem({ ratePlan: 'unmetered', meter: true, measuresUsage: true }, async (system) => {
        const progress = (text: string) => console.error(text);
        print(await measureEvaluation(system, Number(users), progress));
      });
    });
}

function print(figures: EvaluationFigures): void {
  const { users, fillSeconds, seconds, pauseSeconds, killed, invocations, read, write, peakMb, wrong } =
    figures;
  const perUser = (units: number) => (units / users).toFixed(2);
  console.log(
    [
      `${users} users were written in ${fillSeconds.toFixed(0)} s, and evaluated in ${seconds.toFixed(0)} s.`,
      `Kills: ${killed}. The longest time without progress was ${pauseSeconds.toFixed(0)} s. ` +
        `Without it: ${(users / (seconds - pauseSeconds)).toFixed(0)} users a second.`,
      `Capacity of each user: ${perUser(read)} RCU, ${perUser(write)} WCU.`,
      `Invocations: ${invocations}. The largest heap of one: ${peakMb.toFixed(0)} MB.`,
      `Licenses that are not as the mappings say: ${wrong}.`,
    ].join('\n'),
  );
  if (wrong > 0) process.exitCode = 1;
}
