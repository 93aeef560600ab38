import { responseProblems } from '../../openapi/response-problems';
import { loadConversations, replay } from '../../support/replay/conversation';
import { type DomainClient, createDomainClient } from '../../support/system/system';

describe.each(loadConversations('idp'))('the conversation of $name', ({ steps }) => {
  let client: DomainClient;
  beforeAll(async () => {
    client = await createDomainClient();
  });

  const run = replay(
    () => client,
    (method, path, { status, body }) => responseProblems({ method, path, status, body }),
  );
  it.each(steps.map((step, at) => ({ at: at + 1, ...step })))('$at: $name', run);
});
