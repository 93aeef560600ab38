import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Children } from '../../host/processes/children';
import { freePort } from '../../host/free-port';
import { LOOPBACK } from '../../host/http';
import { HANG_LIMIT_MS, until } from '../../host/processes/until';

/** The mailbox shows license keys, and does not check the host itself. */
const LOOPBACK_GUARD = join(__dirname, '../../host/loopback-guard.cjs');

export interface MailServer {
  /** The SES endpoint. A browser shows the mailbox there. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts a local SES. It keeps emails in memory and delivers none. */
export async function startMailServer(children: Children): Promise<MailServer> {
  const port = await freePort();
  const manifest = require.resolve('aws-ses-v2-local/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> };
  const command = join(dirname(manifest), Object.values(bin)[0] ?? '');
  const child = children.start('mail', process.execPath, [
    '--require',
    LOOPBACK_GUARD,
    command,
    '--host',
    LOOPBACK,
    '--port',
    String(port),
  ]);
  const url = `http://${LOOPBACK}:${port}`;
  const answers = until(
    'the mail server to answer',
    HANG_LIMIT_MS,
    async () => (await fetch(`${url}/health-check`)).ok,
  );
  try {
    await Promise.race([answers, child.crashed]);
  } catch (error) {
    answers.catch(() => {});
    await child.stop();
    throw error;
  }
  return { url, stop: child.stop };
}

/** An email of another service of AWS. */
interface ServiceEmail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Puts an email into the mailbox that no account of SES has sent. */
export async function putIntoMailbox(url: string, { from, to, subject, text }: ServiceEmail): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    // The mail server wants some credential of AWS, and does not check it.
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=sns' },
    body: new URLSearchParams({
      ...{ Action: 'SendEmail', Source: from, 'Destination.ToAddresses.member.1': to },
      ...{ 'Message.Subject.Data': subject, 'Message.Body.Text.Data': text },
    }),
  });
  if (!response.ok)
    throw new Error(`The mailbox refused an email: ${response.status} ${await response.text()}`);
}
