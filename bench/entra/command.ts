import type { Command } from 'commander';
import { withLocalSystem } from '../local-system';
import { provisionDuringRotations } from './rotations';
import { startKeyServer } from './key-server';
import { EntraStandIn } from './stand-in';

type Flags = Record<'seconds' | 'rate' | 'requestsPerToken', string>;

/** Adds the command to the program. */
export function addEntraCommand(program: Command): void {
  program
    .command('entra')
    .description(
      'provision as Entra ID does, by client secrets and by assertions, while the client secret is replaced twice, and the key of the issuer once',
    )
    .option('--seconds <n>', 'duration of the load', '60')
    .option('--rate <n>', 'requests per second', '25')
    .option('--requests-per-token <n>', 'requests with one access token', '50')
    .action(async ({ seconds, rate, requestsPerToken }: Flags) => {
      const keys = await startKeyServer(0);
      try {
        const entra = await EntraStandIn.create(keys);
        const options = { ratePlan: 'gallery', meter: false, jwksOrigins: [entra.origin] } as const;
        await withLocalSystem(options, async (system) => {
          const perSecond = Number(rate);
          const size = {
            ratePlan: 'gallery',
            perSecond,
            requests: perSecond * Number(seconds),
            requestsPerToken: Number(requestsPerToken),
          } as const;
          const { refusals, ...figures } = await provisionDuringRotations(system, entra, size);
          const { requests, tokens, rotations, rollovers, keyFetches, p50, p95, busy } = figures;
          console.log(
            '| requests | access tokens | new secrets | new keys | fetches of keys | p50, ms | p95, ms | busy | refused |\n' +
              '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
          );
          const cells = [
            requests,
            tokens,
            rotations,
            rollovers,
            keyFetches,
            p50.toFixed(0),
            p95.toFixed(0),
            busy,
          ];
          console.log(`| ${[...cells, refusals.length].join(' | ')} |`);
          for (const refusal of refusals.slice(0, 10)) console.log(refusal);
        });
      } finally {
        await keys.close();
      }
    });
}
