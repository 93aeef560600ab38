import { createHash } from 'node:crypto';

/** The sender of a request to a service. */
export interface Caller {
  /** The name of the function, or `host` if the request comes from another program. */
  readonly name: string;
}

const HOST: Caller = { name: 'host' };

/** The functions that send requests, each with an access key id of its own by which services recognize it. */
export class Callers {
  private readonly byAccessKeyId = new Map<string, Caller>();

  /** Returns the access key id for a function's environment. */
  register(functionName: string): string {
    const id = accessKeyId(functionName);
    this.byAccessKeyId.set(id, { name: functionName });
    return id;
  }

  /** Returns the caller that signed a request. `authorization` is the header of AWS Signature Version 4. */
  of(authorization: string | undefined): Caller {
    const [, id = ''] = /Credential=(\w+)\//.exec(authorization ?? '') ?? [];
    return this.byAccessKeyId.get(id) ?? HOST;
  }
}

/** DynamoDB Local accepts only letters and digits. */
function accessKeyId(functionName: string): string {
  return `ASIA${createHash('sha256').update(functionName).digest('hex').slice(0, 16).toUpperCase()}`;
}
