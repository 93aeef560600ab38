import { App } from 'aws-cdk-lib';
import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../lib/config';
import {
  concurrencyProblem,
  concurrencySchema,
  DEFAULT_CONCURRENCY,
  requiredAccountLimit,
} from '../../lib/settings/concurrency';
import { addStacks } from '../../lib/stacks/stacks';
import { createApp, resourcesOf, synthesize, UNBUNDLED_APP_PROPS } from './synthesize';

/** Returns the reservation of each function that has one, by the start of its logical id. */
function reservations(context: Record<string, unknown>): Record<string, unknown> {
  const functions = Object.values(synthesize(context)).flatMap((template: Template) =>
    Object.values(
      template.findResources('AWS::Lambda::Function') as unknown as Record<string, FunctionResource>,
    ),
  );
  return Object.fromEntries(
    functions
      .filter(({ Properties }) => Properties.ReservedConcurrentExecutions !== undefined)
      .map(({ Properties }) => [Properties.Description, Properties.ReservedConcurrentExecutions]),
  );
}

interface FunctionResource {
  readonly Properties: { readonly Description: string; readonly ReservedConcurrentExecutions?: number };
}

describe('the setting concurrency', () => {
  it('reserves nothing by default, because a new account has no concurrency to reserve', () => {
    expect(reservations({})).toEqual({});
  });

  it('reserves concurrency for authorizers, administration, and license emails, and limits requests', () => {
    expect(reservations({ concurrency: '{"users":150}' })).toEqual({
      'Checks SCIM keys and access tokens': 50,
      'Checks the admin token and the ID tokens of portal users': 20,
      'Assigns callers without a SCIM key to shares of a usage plan': 20,
      'Issues access tokens for client secrets and client assertions': 20,
      'Admin API': 20,
      'Admin API: users': 20,
      'Writes license histories, and sends license emails': 40,
      'Sends due emails from the outbox': 5,
      "Distributes the records of the table's stream to the queues of other functions": 40,
      'Gives free seats to pending licenses': 10,
      'SCIM users': 150,
      'SCIM groups': 100,
      'SCIM bulk requests': 50,
      'SCIM searches across users and groups': 20,
    });
  });

  it('prints the account limit that it needs', () => {
    const app = new App(UNBUNDLED_APP_PROPS);
    const { api } = addStacks(app, readConfig({ concurrency: {} }));
    const required = Object.values(DEFAULT_CONCURRENCY).reduce((sum: number, each) => sum + each, 100);
    Annotations.fromStack(api).hasInfo(
      '*',
      Match.stringLikeRegexp(
        `reserves ${required - 100} .* the account needs a limit of at least ${required} `,
      ),
    );
  });

  it('is refused if the account cannot have it', () => {
    const concurrency = concurrencySchema.parse({ accountLimit: 1_000, users: 1_000 });
    expect(requiredAccountLimit(concurrency ?? never())).toBeGreaterThan(1_000);
    expect(concurrencyProblem(concurrency ?? never())).toMatch(
      /^concurrency: the functions reserve 1415 .* needs a limit of 1515, but accountLimit is 1000\./,
    );
    expect(() => readConfig({ concurrency: { users: 1_000 } })).toThrow('needs a limit of 1515');
  });

  it('is refused if a function reserves less than its streams and queues use', () => {
    const adding = (concurrency: object) => () => createApp({ concurrency });
    const needed = { licenseChanges: 40, mailOutbox: 2, dispatch: 40, promoter: 10 };
    expect(adding(needed)).not.toThrow();
    for (const [one, other] of [
      ['licenseChanges', 'mailOutbox'],
      ['dispatch', 'promoter'],
    ] as const) {
      const less = { [one]: needed[one] - 1, [other]: needed[other] - 1 };
      for (const [name, reserved] of Object.entries(less))
        expect(adding(less)).toThrow(
          `concurrency: ${name} reserves ${reserved} concurrent executions, but its event sources use up to ` +
            `${reserved + 1}. Set ${name} to ${reserved + 1} or more.`,
        );
    }
  });

  it('leaves every function with an event source enough for it', () => {
    const templates = Object.values(synthesize({ concurrency: {} }));
    const mappings = templates.flatMap((template: Template) =>
      Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping')).map(({ Properties }) => {
        const { FunctionName, ParallelizationFactor, ScalingConfig } = Properties;
        const name = (FunctionName as { Ref: string }).Ref;
        const fn = resourcesOf(template, 'AWS::Lambda::Function')[name]?.Properties;
        const used =
          (ScalingConfig as { MaximumConcurrency: number } | undefined)?.MaximumConcurrency ??
          4 * Number(ParallelizationFactor);
        return { name, used, reserved: Number(fn?.ReservedConcurrentExecutions ?? Infinity) };
      }),
    );
    expect(mappings.length).toBeGreaterThanOrEqual(5);
    expect(mappings.filter(({ used, reserved }) => !(used <= reserved))).toEqual([]);
  });

  it.each([{ users: 0 }, { users: -1 }, { users: 1.5 }, { user: 1 }, { accountLimit: 0 }, 5, 'no'])(
    'is refused if it is %j',
    (concurrency) => {
      expect(() => readConfig({ concurrency })).toThrow(/concurrency: given .*, expected null, or an object/);
    },
  );

  it('can be as large as the account allows', () => {
    const concurrency = concurrencySchema.parse({ accountLimit: 715 });
    expect(concurrencyProblem(concurrency ?? never())).toBeUndefined();
    expect(concurrencyProblem({ ...(concurrency ?? never()), search: 21 })).toBeDefined();
  });
});

const never = (): never => {
  throw new Error('The schema returned null.');
};
