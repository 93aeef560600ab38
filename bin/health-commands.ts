import type { Command } from 'commander';
import type { Cli } from './cli';
import { examples } from './examples';

interface Readiness {
  readonly ready: boolean;
  readonly findings: readonly {
    readonly severity: string;
    readonly found: string;
    readonly action: string;
    readonly link: string;
  }[];
}

interface RateUsage {
  readonly ratePlan: string;
  readonly limit: { readonly perMinute: number; readonly perTenSeconds: number } | null;
  readonly minutes: readonly object[];
}

/** Adds to `domain …` what tells how a domain does. */
export function addHealthCommands(domain: Command, cli: Cli): void {
  domain
    .command('readiness <domainId>')
    .description('what somebody should look at')
    .addHelpText('after', examples('domain readiness <domainId>'))
    .action((domainId: string) =>
      cli.run(async (api) => {
        const readiness = await api.call<Readiness>('GET', `/domains/${domainId}/readiness`);
        if (cli.asJson) return cli.print(readiness, []);
        if (readiness.ready) console.log('The domain is ready: nothing was found.');
        for (const { severity, found, action, link } of readiness.findings)
          console.log(`${severity.toUpperCase().padEnd(8)} ${found}\n         ${action}\n         ${link}\n`);
      }),
    );

  domain
    .command('usage <domainId>')
    .description('requests of the last hour against the rate plan, newest minute first')
    .addHelpText('after', examples('domain usage <domainId>'))
    .action((domainId: string) =>
      cli.run(async (api) => {
        const usage = await api.call<RateUsage>('GET', `/domains/${domainId}/rate-usage`);
        if (cli.asJson) return cli.print(usage, []);
        const { ratePlan, limit, minutes } = usage;
        const allowed = limit
          ? `${limit.perMinute} a minute, ${limit.perTenSeconds} in ten seconds`
          : 'any number';
        console.log(`Rate plan ${ratePlan}: ${allowed}\n`);
        cli.printTable(minutes, ['minute', 'requests', 'mostInTenSeconds']);
      }),
    );
}
