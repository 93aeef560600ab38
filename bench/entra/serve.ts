import type { Command } from 'commander';
import { listen, sendJson } from '../../local/host/http';
import { EntraStandIn } from './stand-in';

/** The origin that the stage `local` permits (settings/local.json) has this port. */
const PORT = '3002';

/** Adds the command to the program. */
export function addIssuerCommand(program: Command): void {
  program
    .command('entra-issuer')
    .description(
      'serve a stand-in for the issuer of Entra ID, whose assertions a running `npm start` accepts',
    )
    .option('--port <n>', 'port of the issuer', PORT)
    .action(async ({ port }: { port: string }) => {
      const published = new Map<string, object>();
      const running: { entra?: EntraStandIn } = {};
      const { url } = await listen(async (request, response) => {
        const { url: path = '', method } = request;
        const { entra } = running;
        const jwks = published.get(path);
        if (jwks) return sendJson(response, 200, jwks);
        if (!entra || !path.startsWith('/assertion')) return sendJson(response, 404, {});
        if (method === 'POST') await entra.rollOver();
        response.end(`${await entra.assertion(path.endsWith('?long') ? 1 : 0)}\n`);
      }, Number(port));
      const entra = await EntraStandIn.create({
        origin: url,
        publish: (path, jwks) => Promise.resolve(void published.set(path, jwks)),
        fetches: () => Promise.resolve(0),
      });
      running.entra = entra;
      const { issuer, subject, audiences, tenant, jwksUrl } = entra.identity;
      console.log(`
  The issuer runs. Ctrl-C stops it. Enter these values in a trust:

    Issuer     ${issuer}
    Subject    ${subject}
    Audiences  ${audiences.join('\n               ')}
    Tenant     ${tenant}
    JWKS URL   ${jwksUrl}

  Get an assertion, with either audience, or with a new key:

    curl '${url}/assertion'
    curl '${url}/assertion?long'
    curl -X POST '${url}/assertion'
`);
    });
}
