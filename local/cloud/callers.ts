import { createHash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { CLIENT_VARIABLES } from './environment';
import type { Role } from './iam/role-policies';

/** The sender of a request to a service. */
export interface Caller {
  /** The name of the function, or `host` if the request comes from another program. */
  readonly name: string;
  /** The role of the function. Undefined for a program, which may do everything. */
  readonly role?: Role;
  /** The instance of the function. */
  readonly instance?: string;
}

/** The temporary credentials of a function's role. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly sessionToken: string;
}

/** The administrator that all programs of this machine act as. */
export const HOST: Caller = { name: 'host' };

/** The senders of requests, each with credentials by which services recognize it. */
export class Callers {
  private readonly byAccessKeyId = new Map<string, Caller & { readonly sessionToken?: string }>([
    [CLIENT_VARIABLES.AWS_ACCESS_KEY_ID ?? '', HOST],
  ]);

  /** Returns the credentials for a function's environment. */
  register(name: string, role?: Role): Credentials {
    const credentials = { accessKeyId: accessKeyId(name), sessionToken: randomUUID() };
    this.byAccessKeyId.set(credentials.accessKeyId, { name, role, sessionToken: credentials.sessionToken });
    return credentials;
  }

  /**
   * Returns the caller that signed a request with AWS Signature Version 4. Returns undefined if the
   * credentials are unknown, or if the session token of a function's credentials is missing. An instance adds
   * a period and its number to the token.
   */
  of(headers: IncomingHttpHeaders): Caller | undefined {
    const [, id = ''] = /Credential=(\w+)\//.exec(headers.authorization ?? '') ?? [];
    const known = this.byAccessKeyId.get(id);
    if (known?.sessionToken === undefined) return known;
    const [sessionToken, instance] = String(headers['x-amz-security-token']).split('.');
    if (known.sessionToken !== sessionToken) return undefined;
    return instance === undefined ? known : { ...known, instance };
  }
}

/** DynamoDB Local accepts only letters and digits. */
function accessKeyId(functionName: string): string {
  return `ASIA${createHash('sha256').update(functionName).digest('hex').slice(0, 16).toUpperCase()}`;
}
