import type { SetupSecret } from '../../../shared/credentials/setup-link';
import { AdminError } from '../../../shared/service/admin/admin-error';
import { ADDRESS_LIMITS, CODE_LIMITS } from '../../../shared/service/setup-links/setup-link-opening';
import { ADMIN, EMAIL, newSource, otherThan, SetupLinksRig, tokenOfAnother } from './setup-links';

let rig: SetupLinksRig;
beforeAll(async () => {
  rig = await SetupLinksRig.create();
});
beforeEach(() => {
  rig.mailOutcome = 'sent';
});

/** Returns the problem and the message with which a call was refused. */
async function refusal(call: Promise<unknown>): Promise<{ problem: string; message: string }> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AdminError)) throw new Error(`Not refused: ${String(error)}`);
  return { problem: error.problem, message: error.message };
}

const sendCode = (link: SetupSecret) => rig.opening.sendCode(link, newSource());
const open = (link: SetupSecret, code: string) => rig.opening.open(link, code, newSource());

describe('a setup link', () => {
  it('opens with the code that is emailed to the invited address, and each step is an audit event', async () => {
    const link = await rig.newLink();
    expect(await sendCode(link)).toEqual({ sentTo: 'i…@example.com' });
    const { email, code } = rig.sent.at(-1) ?? { code: '' };
    expect({ email, code }).toEqual({ email: EMAIL, code: expect.stringMatching(/^\d{6}$/) as string });
    const { token } = await open(link, ` ${code.slice(0, 3)} ${code.slice(3)} `);
    expect(await rig.sessions.verify(token)).toEqual({
      domainId: link.domainId,
      linkId: link.linkId,
      email: EMAIL,
    });
    await rig.admin.revoke(link.domainId, link.linkId, ADMIN);
    await rig.admin.revoke(link.domainId, link.linkId, ADMIN);
    expect(await rig.actions(link.domainId)).toEqual([
      'setupLink.created',
      'setupLink.codeRequested',
      'setupLink.opened',
      'setupLink.revoked',
    ]);
  });

  it('stores no secret', async () => {
    const link = await rig.newLink();
    const code = await rig.codeFor(link);
    const { token } = await open(link, code);
    const { items } = await rig.table.query({ pk: `DOMAIN#${link.domainId}` });
    const stored = JSON.stringify(items);
    for (const secret of [link.secret, code, token.slice(-43)]) expect(stored).not.toContain(secret);
  });

  it('opens in one browser, however many enter the right code at the same time', async () => {
    const link = await rig.newLink();
    const code = await rig.codeFor(link);
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => open(link, code)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusal(open(link, code))).toMatchObject({
      problem: 'conflict',
      message: expect.stringContaining('already open in another browser') as string,
    });
    expect(await refusal(sendCode(link))).toMatchObject({ problem: 'conflict' });
  });

  it('is not opened by the token of another browser, another link, or another domain', async () => {
    const [link, other] = [await rig.newLink(), await rig.newLink()];
    const token = await rig.open(link);
    for (const forged of [
      tokenOfAnother(token),
      token.replace(link.linkId, other.linkId),
      token.replace(link.domainId, other.domainId),
      `${token}x`,
      `scim_setup_${link.domainId}_${link.linkId}_${link.secret}`,
    ])
      expect(await rig.sessions.verify(forged)).toBeUndefined();
  });

  it('is useless after its expiry, opened or not', async () => {
    const [opened, unopened] = [await rig.newLink(), await rig.newLink()];
    const token = await rig.open(opened);
    const code = await rig.codeFor(unopened);
    rig.pass(7 * 86_400 - 1);
    expect(await rig.sessions.verify(token)).toBeDefined();
    rig.pass(1);
    expect(await rig.sessions.verify(token)).toBeUndefined();
    for (const call of [() => sendCode(unopened), () => open(unopened, code), () => open(opened, code)])
      expect((await refusal(call())).message).toMatch(/^This link has expired/);
    expect(await rig.admin.list(opened.domainId)).toMatchObject([{ status: 'expired' }]);
  });

  it('is useless after its revocation, opened or not', async () => {
    const [opened, unopened] = [await rig.newLink(), await rig.newLink()];
    const token = await rig.open(opened);
    const code = await rig.codeFor(unopened);
    for (const { domainId, linkId } of [opened, unopened]) await rig.admin.revoke(domainId, linkId, ADMIN);
    expect(await rig.sessions.verify(token)).toBeUndefined();
    for (const call of [() => sendCode(unopened), () => open(unopened, code), () => open(opened, code)])
      expect((await refusal(call())).message).toMatch(/^This link was revoked/);
  });

  it('looks the same whether it does not exist or its secret is wrong', async () => {
    const link = await rig.newLink();
    const unknown = { ...link, linkId: (await rig.newLink()).linkId };
    const wrong = { ...link, secret: 'x'.repeat(43) };
    const elsewhere = { ...link, domainId: await rig.newDomain() };
    const refusals = await Promise.all(
      [unknown, wrong, elsewhere].flatMap((each) => [refusal(sendCode(each)), refusal(open(each, '000000'))]),
    );
    expect(new Set(refusals.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(refusals[0]?.problem).toBe('notFound');
    expect(await rig.actions(link.domainId)).toEqual(['setupLink.created']);
  });
});

describe('a code', () => {
  it('allows five guesses, however many come at the same time', async () => {
    const link = await rig.newLink();
    const code = await rig.codeFor(link);
    const wrong = Array.from({ length: 12 }, () => refusal(open(link, otherThan(code))));
    const problems = (await Promise.all(wrong)).map(({ problem }) => problem);
    // The fifth wrong guess and all later ones ask for a new code.
    expect(problems.filter((problem) => problem === 'invalid')).toHaveLength(CODE_LIMITS.attempts - 1);
    expect(await refusal(open(link, code))).toMatchObject({ problem: 'conflict' });
    const refused = (await rig.actions(link.domainId)).filter((action) => action === 'setupLink.codeRefused');
    expect(refused).toHaveLength(CODE_LIMITS.attempts);
  });

  it('works at the fifth guess', async () => {
    const link = await rig.newLink();
    const code = await rig.codeFor(link);
    for (let guess = 1; guess < CODE_LIMITS.attempts; guess++) await refusal(open(link, otherThan(code)));
    expect((await open(link, code)).token).toMatch(/^scim_setup_/);
  });

  it('works for ten minutes', async () => {
    const link = await rig.newLink();
    const code = await rig.codeFor(link);
    rig.pass(600);
    expect((await refusal(open(link, code))).message).toContain('older than 10 minutes');
    expect((await open(link, await rig.codeFor(link))).token).toMatch(/^scim_setup_/);
  });

  it('is replaced by the next one, which is sent a minute later at the earliest', async () => {
    const link = await rig.newLink();
    const first = await rig.codeFor(link);
    rig.pass(59);
    expect(await refusal(sendCode(link))).toMatchObject({ problem: 'tooSoon' });
    rig.pass(1);
    const second = await rig.codeFor(link);
    if (first !== second) expect(await refusal(open(link, first))).toMatchObject({ problem: 'invalid' });
    expect((await open(link, second)).token).toMatch(/^scim_setup_/);
  });

  it('of another link opens nothing', async () => {
    const [link, other] = [await rig.newLink(), await rig.newLink()];
    const [code, foreign] = [await rig.codeFor(link), await rig.codeFor(other)];
    if (code !== foreign) expect(await refusal(open(link, foreign))).toMatchObject({ problem: 'invalid' });
  });

  it('is sent ten times at most', async () => {
    const link = await rig.newLink();
    for (let sent = 0; sent < CODE_LIMITS.codes; sent++) {
      await rig.codeFor(link);
      rig.pass(CODE_LIMITS.secondsBetween);
    }
    expect(await refusal(sendCode(link))).toMatchObject({
      problem: 'conflict',
      message: expect.stringContaining('used up its 10 codes') as string,
    });
  });

  it('is sent to one address thirty times a day at most, with all links of a domain', async () => {
    const domainId = await rig.newDomain();
    const codes = async (link: SetupSecret, count: number) => {
      for (let sent = 0; sent < count; sent++) {
        await rig.codeFor(link);
        rig.pass(CODE_LIMITS.secondsBetween);
      }
    };
    for (let sent = 0; sent < ADDRESS_LIMITS.perDay; sent += CODE_LIMITS.codes)
      await codes(await rig.newLink(domainId), CODE_LIMITS.codes);
    const link = await rig.newLink(domainId);
    const before = rig.sent.length;
    expect(await refusal(sendCode(link))).toMatchObject({
      problem: 'tooSoon',
      message: expect.stringContaining('30 codes today') as string,
    });
    expect(rig.sent).toHaveLength(before);
    await codes(await rig.newLink(), 1);
    rig.pass(86_400);
    await codes(link, 1);
    expect(rig.sent).toHaveLength(before + 2);
  });

  it('must be requested first', async () => {
    expect((await refusal(open(await rig.newLink(), '123456'))).message).toBe('Request a code first.');
  });

  it.each([
    ['suppressed', 'conflict'],
    ['refused', 'conflict'],
    ['overBudget', 'tooSoon'],
    ['failed', 'tooSoon'],
  ] as const)('whose email is %s says what to do', async (outcome, problem) => {
    const link = await rig.newLink();
    rig.mailOutcome = outcome;
    expect(await refusal(sendCode(link))).toMatchObject({ problem });
  });
});

it('one address may make 60 attempts in ten minutes, whichever links they are for', async () => {
  const source = newSource();
  const link = await rig.newLink();
  const guess = () => refusal(rig.opening.open({ ...link, secret: 'x'.repeat(43) }, '000000', source));
  const problems: string[] = [];
  for (let attempt = 0; attempt < 61; attempt++) problems.push((await guess()).problem);
  expect(problems.indexOf('tooSoon')).toBe(60);
  expect((await refusal(open(link, '000000'))).problem).toBe('conflict');
  rig.pass(600);
  expect((await guess()).problem).toBe('notFound');
});
