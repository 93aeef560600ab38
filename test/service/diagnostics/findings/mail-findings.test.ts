import { mailFindings } from '../../../../shared/service/diagnostics/findings/mail-findings';

const GOOD = { isVerified: true, isSandbox: false, isPaused: false };

describe('the sender of license emails', () => {
  it('is no finding if SES accepts all emails from it', () => {
    expect(mailFindings(GOOD, 'example.com')).toEqual([]);
  });

  it.each([
    ['sender-unverified', { isVerified: false }],
    ['sending-paused', { isPaused: true }],
    ['sender-sandbox', { isSandbox: true }],
  ])('is an error: %s', (code, status) => {
    expect(mailFindings({ ...GOOD, ...status }, 'example.com')).toMatchObject([
      { code, severity: 'error', action: expect.stringMatching(/^Operator: /) as string },
    ]);
  });

  it('is named, with the steps that verify it', () => {
    const unverified = { ...GOOD, isVerified: false };
    const [domain] = mailFindings(unverified, 'example.com');
    expect([domain?.found, domain?.action]).toEqual([
      expect.stringContaining('not verified example.com'),
      expect.stringContaining('CNAME'),
    ]);
    const [address] = mailFindings(unverified, 'licenses@example.com');
    expect(address?.action).toContain('confirm the email that SES sent to licenses@example.com');
  });
});
